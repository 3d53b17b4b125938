"""`shouwang verify-backup`: whether a backup is whole and unchanged; needs its key, and no database."""

import json
from pathlib import Path

import click

from shouwang.config import places


@click.command("verify-backup")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--backup", "id", help="Its id; the newest without.")
@click.option("--json", "as_json", is_flag=True)
def verify_backup(folder: Path, id: str | None, as_json: bool) -> None:  # noqa: A002
    """Open every part of a backup in FOLDER; exit 1 when one is missing, changed or of another backup."""
    from shouwang.config.backup.checking import check, told
    from shouwang.config.backup.chunks import AES_GCM
    from shouwang.config.backup.keys import read
    from shouwang.config.backup.refusing import Refused
    from shouwang.config.backup.store import Store

    try:
        store = Store(folder.resolve(), key=read(places.BACKUP_KEY_FILE), cipher=AES_GCM)
        found = check(store, id or store.newest())
    except Refused as no:
        raise click.ClickException(str(no)) from None
    if as_json:
        click.echo(json.dumps(told(found), ensure_ascii=False))
    else:
        state = f"{len(found.faults)} faults" if found.faults else "whole and unchanged"
        click.echo(f"backup {found.id} of version {found.version}: {found.tables} tables, {found.rows} rows, "
            f"{found.files} files: {state}")  # fmt: skip
        for line in (*found.faults, *(f"{county} {root}" for county, root in found.roots.items())):
            click.echo(line)
    if found.faults:
        raise SystemExit(1)
