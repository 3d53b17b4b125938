"""`shouwang serve`: the web faces behind granian."""

import os

import click


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True)
@click.option("--workers", default=1, show_default=True, help="Processes; each has four threads.")
def serve(host: str, port: int, workers: int) -> None:
    """Serve the office, the phone, the public page and the API."""
    # Lending a connection to each request costs a twentieth of a report: its four threads keep one each.
    os.environ.setdefault("SHOUWANG_DATABASE_POOL", "0")
    import django
    from granian.constants import Interfaces
    from granian.server import Server

    django.setup()
    Server(
        "shouwang.config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=4,
        # A process that falls (killed for its memory, a fault in a library) is started again; twice at once ends all.
        respawn_failed_workers=True,
        backpressure=64,
        log_access=False,
        websockets=False,
    ).serve()
