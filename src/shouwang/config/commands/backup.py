"""`shouwang backup`: one moment of this installation, sealed into a folder."""

import json
from datetime import UTC, datetime
from pathlib import Path

import click

from shouwang.config.django_start import with_django


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--keep", type=click.IntRange(1), help="Keep this many backups; older ones go, with parts only they had.")
@click.option("--json", "as_json", is_flag=True)
@with_django
def backup(folder: Path, keep: int | None, as_json: bool) -> None:
    """Back up database and home into FOLDER; what lies there already is not written again."""
    from dataclasses import asdict
    from importlib.metadata import version

    from django.conf import settings

    from shouwang.config.backup.chunks import cipher_for
    from shouwang.config.backup.locks import marks
    from shouwang.config.backup.pruning import prune
    from shouwang.config.backup.refusing import Refused
    from shouwang.config.backup.taking import take

    now, key = datetime.now(UTC), settings.BACKUP_KEY_FILE
    try:
        store = _store(folder.resolve(), key, cipher_for(settings.DIGEST))
        locks = marks(store, secret=settings.SECRET_KEY, key_file=settings.KEY_FILE)
        with store.alone():
            taken = take(store, home=settings.HOME, at=now, version=version("shouwang"), digest=settings.DIGEST,
                apart=[key, settings.KEY_FILE], locks=locks)  # fmt: skip
            gone = prune(store, keep=keep) if keep else 0
    except Refused as no:
        raise click.ClickException(str(no)) from None
    written = {"parts_written": store.written, "parts_reused": store.reused, "bytes_written": store.bytes_written}
    told = {**asdict(taken), **written, "parts_removed": gone, "key": str(key)}
    _note(settings.HOME, taken.id, now, folder)
    click.echo(json.dumps(told, ensure_ascii=False) if as_json else _words(told))


def _store(folder: Path, key: Path, cipher: int) -> "Store":  # noqa: F821
    """The folder under the key; a key is made for a folder without backups only. Raises Refused."""
    from shouwang.config.backup import keys
    from shouwang.config.backup.manifest import Listing
    from shouwang.config.backup.store import Store

    if not key.exists() and not any(folder.glob("backups/*")):
        keys.make(key)
        click.echo(f"A key was made: {key}. Without a copy of it elsewhere no backup can be read.", err=True)
    store = Store(folder, key=keys.read(key), cipher=cipher)
    if store.backups():
        Listing(store.listed(store.newest()))  # another key would be noticed here, and not on the day of need
    return store


def _note(home: Path, id: str, at: datetime, folder: Path) -> None:  # noqa: A002
    """When the newest backup was taken: told by `shouwang doctor` and the metrics."""
    note = {"id": id, "at": at.isoformat(), "folder": str(folder.resolve())}
    (home / "last-backup.json").write_text(json.dumps(note), encoding="utf-8")


def _words(told: dict[str, object]) -> str:
    said = [
        f"backup {told['id']}: {told['tables']} tables, {told['rows']} rows, {told['files']} files",
        f"{told['parts_written']} parts written ({told['bytes_written']} bytes), {told['parts_reused']} there already",
    ]
    if told["missing"]:
        said.append(f"NOTE: {told['missing']} photos or papers that the database names are not in the home")
    said += [f"NOTE: {name} is not what its name says" for name in told["misnamed"]]  # type: ignore[attr-defined]
    roots: dict[str, str] = told["roots"]  # type: ignore[assignment]
    return "\n".join([*said, *(f"{county} {root}" for county, root in roots.items())])
