"""`shouwang gateway`: the alarm gateway."""

import click

from shouwang.config.django_start import with_django
from shouwang.config.loops import run


@click.command()
@click.option("--host", help="Where to listen; SHOUWANG_GATEWAY_HOST otherwise.")
@click.option("--port", type=int, help="TCP and UDP; SHOUWANG_GATEWAY_PORT otherwise.")
@with_django
def gateway(host: str | None, port: int | None) -> None:
    """Receive alarms over GB/T 26875.3-2011, TCP and UDP, until it is stopped."""
    from dataclasses import replace

    from django.conf import settings

    from shouwang.flows.receive_signals import NoCentre
    from shouwang.gateways.gb26875.options import OptionError, Options, networks
    from shouwang.gateways.gb26875.server import Gateway

    try:
        options = Options(
            host=settings.GATEWAY_HOST,
            port=settings.GATEWAY_PORT,
            tls_port=settings.GATEWAY_TLS_PORT,
            tls_cert=settings.GATEWAY_TLS_CERT,
            tls_key=settings.GATEWAY_TLS_KEY,
            allowed=networks(settings.GATEWAY_ALLOW),
            centre=settings.GATEWAY_CENTRE,
            rate=settings.GATEWAY_RATE,
            lines=settings.GATEWAY_LINES,
            lines_of_one=settings.GATEWAY_LINES_OF_ONE,
        )
        options = replace(options, host=host or options.host, port=options.port if port is None else port)
        process = Gateway(options)
    except (OptionError, NoCentre) as error:
        raise click.ClickException(str(error)) from None
    try:
        run(process.run(lambda: click.echo(f"gateway: listening on {options.host}:{options.port}", err=True)))
    except OSError as error:
        raise click.ClickException(f"gateway: cannot listen on {options.host}:{options.port}: {error}") from None
