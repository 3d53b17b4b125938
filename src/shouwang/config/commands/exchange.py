"""`shouwang exchange`: platforms of other levels are told of alarms."""

import click

from shouwang.config.django_start import with_django


@click.command()
@with_django
def exchange() -> None:
    """Tell connected platforms of alarms and their course, until it is stopped."""
    from shouwang.gateways.exchange import server

    server.exchange()
