"""Taking a backup (备份): one moment of the database, and every file that moment names."""

import os
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from psycopg import Connection, Cursor

from shouwang.kernel.digest import Algorithm

from .chunks import Sealed
from .home import BY_HASH, kept, named_by_hash, pieces, told
from .manifest import FORM, Part, put
from .reaching import reading
from .refusing import Damaged, Refused
from .roots import roots
from .schema import taken
from .store import Store
from .tables import STEPS, Block, Shape, blocks, shapes
from .tables import told as told_rows

TRIES = 3
CONTENTS = "SELECT county, sha256 FROM files_content"


@dataclass
class Taken:
    """What a backup holds, and what was found amiss in the home on the way."""

    id: str
    tables: int = 0
    rows: int = 0
    files: int = 0
    bytes: int = 0
    roots: dict[str, str] = field(default_factory=dict)
    missing: int = 0
    misnamed: list[str] = field(default_factory=list)


def id_at(at: datetime) -> str:
    """Ids of backups sort by time."""
    return f"{at:%Y%m%dT%H%M%SZ}-{os.urandom(3).hex()}"


def take(
    store: Store, *, home: Path, at: datetime, version: str, digest: Algorithm, apart: Iterable[Path],
    locks: dict[str, str],
) -> Taken:  # fmt: skip
    """Take a backup into a folder; only when all of it is on disk does its manifest appear. Raises Refused.

    Checkpoints are read before the database's moment, so that no root covers lines of later; photos and
    papers after it, since they lie on disk before the act that names them.
    """
    found, left_out = Taken(id=id_at(at)), [store.folder, *apart]
    with store.manifest(found.id) as out, reading() as connection:
        head = {"form": FORM, "id": found.id, "at": at.isoformat(), "version": version, "digest": digest}
        steps = taken(connection)
        put(out, {**head, "steps": steps, "locks": locks})
        connection.rollback()
        _keep_files(store, out, found, home, kept(home, apart=[*left_out, home / BY_HASH]))
        _keep_tables(store, out, found, connection)
        if taken(connection) != steps:
            raise Refused("the tables were brought up to date meanwhile; take the backup again")
        found.roots = roots(connection, digest=digest)
        found.missing = _missing(connection, home)
        connection.rollback()
        if (home / BY_HASH).is_dir():
            names = kept(home / BY_HASH, apart=left_out)
            _keep_files(store, out, found, home, (f"{BY_HASH}/{name}" for name in names))
        put(out, {"end": asdict(found)})
    return found


def _keep_tables(store: Store, out: Sealed, found: Taken, connection: "Connection[Any]") -> None:
    for shape in shapes(connection):
        if shape.name != STEPS:
            put(out, {"table": shape.name, "columns": shape.columns})
            rows = _keep_rows(store, out, found, connection, shape)
            put(out, {"rows": rows})
            found.tables, found.rows = found.tables + 1, found.rows + rows


def _keep_rows(store: Store, out: Sealed, found: Taken, connection: "Connection[Any]", shape: Shape) -> int:
    rows = 0
    for block in blocks(told_rows(connection, shape)):
        put(out, asdict(_kept_block(store, block)))
        rows += block.rows
        found.bytes += len(block.data)
    return rows


def _kept_block(store: Store, block: Block) -> Part:
    digest = block.sha256
    return Part(part=store.keep(digest, [block.data], packed=True), sha256=digest, size=len(block.data))


def _keep_files(store: Store, out: Sealed, found: Taken, home: Path, names: Iterable[str]) -> None:
    for name in names:
        try:
            part, mode = _kept_file(store, home / name, named_by_hash(name)), (home / name).stat().st_mode & 0o777
        except FileNotFoundError:
            continue  # what waited for somebody was let go meanwhile
        if named_by_hash(name) not in ("", part.sha256):
            found.misnamed.append(name)
        put(out, {"file": name, "mode": mode, **asdict(part)})
        found.files, found.bytes = found.files + 1, found.bytes + part.size


def _kept_file(store: Store, path: Path, named: str) -> Part:
    """A file named by its hash that is kept already is not read again."""
    if named and store.path_of(store.name_of(named)).exists():
        return Part(part=store.keep(named, [], packed=False), sha256=named, size=path.stat().st_size)
    for _ in range(TRIES - 1):
        try:
            return _read_and_keep(store, path)
        except Damaged:
            continue  # it changed between the two readings
    return _read_and_keep(store, path)


def _read_and_keep(store: Store, path: Path) -> Part:
    digest, size = told(path)
    return Part(part=store.keep(digest, pieces(path, size), packed=False), sha256=digest, size=size)


def _missing(connection: "Connection[Any]", home: Path) -> int:
    """Photos and papers that the database names and the home lacks."""
    known = Cursor(connection).execute("SELECT to_regclass('files_content') IS NOT NULL").fetchone()
    if not (known and known[0]):
        return 0
    with connection.cursor(name="contents") as rows:
        return sum(not (home / BY_HASH / c / h[:2] / h).exists() for c, h in rows.execute(CONTENTS))
