"""`shouwang move`: from the embedded database, or any other, to a server."""

import json

import click

from shouwang.config.django_start import with_django


@click.command()
@click.option("--to", "url", required=True, help="postgresql://user:password@host:port/name of an empty database.")
@click.option("--json", "as_json", is_flag=True)
@with_django
def move(url: str, as_json: bool) -> None:
    """Copy this installation's database to another server; the old one stays as it is."""
    from dataclasses import asdict

    from django.conf import settings
    from django.db import OperationalError
    from psycopg import Error

    from shouwang.config.backup.moving import move as move_to
    from shouwang.config.backup.refusing import Refused
    from shouwang.config.env import SettingError

    try:
        done = move_to(url, home=settings.HOME, digest=settings.DIGEST)
    except Refused as no:
        raise click.ClickException(str(no)) from None
    except SettingError:
        raise click.ClickException("to: not the address of a PostgreSQL database") from None
    except (OperationalError, Error) as no:
        raise click.ClickException(f"nothing was moved: {no}") from None
    if as_json:
        click.echo(json.dumps(asdict(done), ensure_ascii=False))
        return
    click.echo(f"{done.tables} tables, {done.rows} rows moved; the roots are the same")
    for county, root in done.roots.items():
        click.echo(f"{county} {root}")
    click.echo("Set SHOUWANG_DATABASE_URL to that address, keep the home, start `serve` and `worker` again.")
