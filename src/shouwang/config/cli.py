"""The `shouwang` command: each group lives in its own file under `commands` and is loaded when named."""

import os
from importlib import import_module

import click

GROUPS = (
    "areas", "backup", "boundaries", "calendar", "contact", "demo", "doctor", "duties", "exchange", "gateway",
    "gb26875", "keys", "ledger", "live", "messages", "migrate", "move", "mqtt", "notify", "policy", "push",
    "restore", "serve", "simulate", "user", "verify-backup", "worker",
)  # fmt: skip


class Groups(click.Group):
    """Loads a command's file only when it is asked for, so `policy check` needs no database."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(GROUPS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in GROUPS:
            return None
        word = name.replace("-", "_")
        command: click.Command = getattr(import_module(f"shouwang.config.commands.{word}"), word)
        return command


@click.group(cls=Groups)
@click.version_option(package_name="shouwang")
def main() -> None:
    """守望 Shouwang: grassroots fire-safety governance."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shouwang.config.settings")
