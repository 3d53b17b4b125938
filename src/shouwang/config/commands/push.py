"""`shouwang push`: what operators' platforms push is taken in."""

import click

from shouwang.config.django_start import with_django


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8020, show_default=True)
@with_django
def push(host: str, port: int) -> None:
    """Take in what CTWing, OneNET and video analytics push to /push/, until it is stopped."""
    from django.conf import settings
    from django.db import connection
    from granian.constants import Interfaces
    from granian.server import Server

    from shouwang.flows.receive_signals import NoCentre, centre

    try:
        centre(settings.GATEWAY_CENTRE)
    except NoCentre as error:
        raise click.ClickException(str(error)) from None
    # The process that works is forked off: a pool of connections would come along without the threads that fill it.
    connection.close()
    connection.close_pool()
    Server(
        "shouwang.gateways.push.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=4,
        backpressure=64,
        respawn_failed_workers=True,
        log_access=False,
        websockets=False,
    ).serve()
