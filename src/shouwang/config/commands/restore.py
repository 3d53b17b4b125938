"""`shouwang restore`: a backup brought back to an empty machine."""

import json
from pathlib import Path

import click

from shouwang.config.django_start import with_django


@click.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--backup", "id", help="Its id; the newest without.")
@click.option("--json", "as_json", is_flag=True)
@with_django
def restore(folder: Path, id: str | None, as_json: bool) -> None:  # noqa: A002
    """Restore a backup in FOLDER to this installation's database and home, which must be empty."""
    from dataclasses import asdict

    from django.conf import settings

    from shouwang.config.backup.chunks import AES_GCM
    from shouwang.config.backup.keys import read
    from shouwang.config.backup.locks import marks
    from shouwang.config.backup.refusing import Refused
    from shouwang.config.backup.restoring import restore as bring_back
    from shouwang.config.backup.store import Store

    key = settings.BACKUP_KEY_FILE
    try:
        store = Store(folder.resolve(), key=read(key), cipher=AES_GCM)
        locks = marks(store, secret=settings.SECRET_KEY, key_file=settings.KEY_FILE)
        done = bring_back(store, id or store.newest(), home=settings.HOME, locks=locks,
            apart=[key, settings.KEY_FILE])  # fmt: skip
    except Refused as no:
        raise click.ClickException(str(no)) from None
    if as_json:
        click.echo(json.dumps(asdict(done), ensure_ascii=False))
        return
    click.echo(f"restored {done.id} of version {done.version}: {done.tables} tables, {done.rows} rows, "
        f"{done.files} files; the roots are those of the backup")  # fmt: skip
    for county, root in done.roots.items():
        click.echo(f"{county} {root}")
    for name in done.keys_wanting:
        click.echo(f"NOTE: {name} is not as it was; bring it, or personal values and one-time codes stay unreadable")
    click.echo("Now run `shouwang migrate` if this version is newer, then `shouwang ledger verify`.")
