"""Restoring a backup (恢复): on an empty machine, whole or not at all."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from psycopg import Connection

from .checking import check
from .filling import filled, same_count, same_roots
from .home import kept, put_back, told
from .locks import wanting
from .manifest import File, Listing, Rows, Table
from .refusing import Refused
from .store import Store
from .tables import take_in


@dataclass
class Restored:
    """What came back."""

    id: str
    at: str = ""
    version: str = ""
    tables: int = 0
    rows: int = 0
    files: int = 0
    roots: dict[str, str] = field(default_factory=dict)
    keys_wanting: list[str] = field(default_factory=list)


def restore(store: Store, id: str, *, home: Path, apart: list[Path], locks: dict[str, str]) -> Restored:  # noqa: A002
    """Check all of a backup, then bring it back. Raises Refused; the database is then as it was: empty.

    Files come first and the database's one transaction last: a restore that was killed is simply done again, since
    files that are the backup's own do not count as somebody else's.
    """
    if faults := check(store, id).faults:
        raise Refused("the backup is damaged; nothing was restored:\n" + "\n".join(faults))
    _only_own_files(store, id, home, apart)
    listing = Listing(store.listed(id))
    done = Restored(id, at=listing.head["at"], version=listing.head["version"])
    with filled("default", [(app, name) for app, name in listing.head["steps"]]) as raw:
        _bring(store, listing, raw, home, done)
        done.roots = listing.end["roots"]
        done.keys_wanting = wanting(listing.head["locks"], locks)
        same_roots(raw, done.roots, digest=listing.head["digest"])
    return done


def _bring(store: Store, listing: Listing, raw: "Connection[Any]", home: Path, done: Restored) -> None:
    came = 0
    for one in listing:
        if isinstance(one, File):
            _bring_file(store, one, home)
            done.files += 1
        elif isinstance(one, Table):
            came = take_in(raw, one.name, one.columns, _pieces(store, one))
            done.tables += 1
        elif isinstance(one, Rows):
            same_count(one.table, came, one.rows)
            done.rows += came


def _pieces(store: Store, table: Table) -> Any:
    for part in table.parts:
        yield from store.content(part.part, digest=part.sha256, what=f"table {table.name}")


def _bring_file(store: Store, file: File, home: Path) -> None:
    path = home / file.path
    if path.exists():
        if told(path)[0] == file.content.sha256:
            return
        raise Refused(f"{home} is not empty: {file.path} is not the backup's")
    content = store.content(file.content.part, digest=file.content.sha256, what=f"file {file.path}")
    put_back(path, content, mode=file.mode)


def _only_own_files(store: Store, id: str, home: Path, apart: list[Path]) -> None:  # noqa: A002
    """Raises Refused when the home holds a file that is not the backup's own."""
    others = sum(1 for _ in kept(home, apart=[store.folder, *apart]))
    if not others:
        return
    for one in Listing(store.listed(id)):
        if isinstance(one, File) and (home / one.path).exists():
            if told(home / one.path)[0] != one.content.sha256:
                raise Refused(f"{home} is not empty: {one.path} is not the backup's")
            others -= 1
    if others:
        raise Refused(f"{home} is not empty: {others} files there are not the backup's")
