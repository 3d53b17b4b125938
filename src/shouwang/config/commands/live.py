"""`shouwang live`: open pages hear that there is news; signals are followed."""

import click

from shouwang.config.django_start import with_django
from shouwang.config.loops import run


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8010, show_default=True)
@with_django
def live(host: str, port: int) -> None:
    """Tell open pages at /live/ that there is news, until it is stopped."""
    from django.conf import settings

    from shouwang.flows.receive_signals import NoCentre
    from shouwang.gateways.live.options import Options
    from shouwang.gateways.live.server import Live

    options = Options(
        host=host, port=port, centre=settings.GATEWAY_CENTRE, other_origin=bool(settings.LIVE_URL)
    )
    try:
        process = Live(options)
    except NoCentre as error:
        raise click.ClickException(str(error)) from None
    try:
        run(process.run(lambda: click.echo(f"live: listening on {host}:{port}", err=True)))
    except OSError as error:
        raise click.ClickException(f"live: cannot listen on {host}:{port}: {error}") from None
