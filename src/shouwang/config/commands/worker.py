"""`shouwang worker`: seals, folds, judges and publishes until it is stopped."""

import os

import click

from shouwang.config.django_start import with_django


@click.command()
@with_django
def worker() -> None:
    """Run the background work: sealing, totals, duties, checkpoints."""
    from shouwang.domains.ledger.condition import WORKER
    from shouwang.gateways.worker import work

    # Read by every connection opened from now on: the health page finds the worker by it.
    os.environ["PGAPPNAME"] = WORKER
    work()
