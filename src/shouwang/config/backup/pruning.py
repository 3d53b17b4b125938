"""Letting old backups go (清理): with the parts that no other backup needs."""

import os
from pathlib import Path

from .manifest import File, Listing, Table
from .store import Store


def prune(store: Store, *, keep: int) -> int:
    """Keep the newest `keep` backups; how many parts went. A part in use is marked by its time, not remembered.

    Manifests that stay are read whole before anything goes: a damaged one raises, and nothing is removed.
    """
    ids = store.backups()
    old, staying = ids[:-keep], ids[-keep:]
    if not old:
        return 0
    # A file of the same folder tells the time of its disk, whatever the clock of this machine.
    mark = store.folder / "half" / "mark"
    mark.touch()
    since = mark.stat().st_mtime_ns
    for id in staying:  # noqa: A001
        _mark(store, id)
    for id in old:  # noqa: A001
        store.manifest_path(id).unlink()
    return sum(_gone(folder, since) for folder in store.folder.glob("parts/*"))


def _mark(store: Store, id: str) -> None:  # noqa: A002
    for one in Listing(store.listed(id)):
        parts = one.parts if isinstance(one, Table) else [one.content] if isinstance(one, File) else []
        for part in parts:
            path = store.path_of(part.part)
            if path.exists():
                os.utime(path)


def _gone(folder: Path, since: int) -> int:
    old = [path for path in folder.iterdir() if path.stat().st_mtime_ns < since]
    for path in old:
        path.unlink()
    return len(old)
