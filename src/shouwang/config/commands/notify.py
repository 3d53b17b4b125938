"""`shouwang notify`: notices and alarms go out to the channels people and offices gave."""

import click

from shouwang.config.django_start import with_django


@click.command()
@with_django
def notify() -> None:
    """Send notices to WeCom, DingTalk, Feishu, e-mail and webhooks, until it is stopped."""
    from shouwang.gateways.notify import server

    server.notify()
