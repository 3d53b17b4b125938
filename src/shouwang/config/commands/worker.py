"""`shouwang worker`: seals, folds, judges and publishes until it is stopped."""

import click

from shouwang.config.django_start import with_django


@click.command()
@with_django
def worker() -> None:
    """Run the background work: sealing, totals, duties, checkpoints."""
    from shouwang.gateways.worker import Worker

    Worker().run()
