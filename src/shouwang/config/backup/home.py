"""The home of an installation: which of its files are kept, read whole, and put back durably."""

import os
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path

PIECE = 1 << 20
# The database is told by its tables; keys must not lie in one place with what they lock.
HALF = ".restoring"
APART = ("postgres", "postgres.lock", "last-backup.json", "secret-key")
BY_HASH = "files"


def kept(home: Path, *, apart: Iterable[Path]) -> Iterator[str]:
    """Paths of the files below the home, sorted; `apart` are files and folders left out."""
    left_out = {*(home / name for name in APART), *apart}
    yield from (str(path.relative_to(home)) for path in _walk(home, left_out))


def _walk(folder: Path, left_out: set[Path]) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        if path in left_out or path.is_symlink() or path.suffix == HALF:
            continue
        if path.is_dir():
            yield from _walk(path, left_out)
        elif path.is_file():
            yield path


def pieces(path: Path, size: int | None = None) -> Iterator[bytes]:
    """The content of a file, or its first `size` bytes: some only grow while they are read."""
    left = size
    with path.open("rb") as source:
        while piece := source.read(PIECE if left is None else min(PIECE, left)):
            yield piece
            left = None if left is None else left - len(piece)


def told(path: Path) -> tuple[str, int]:
    """SHA-256 and size of a file's content now."""
    seen, size = sha256(), 0
    for piece in pieces(path):
        seen.update(piece)
        size += len(piece)
    return seen.hexdigest(), size


def named_by_hash(path: str) -> str:
    """The hash that a photo's or paper's name is; '' for other files."""
    parts = path.split("/")
    return parts[-1] if parts[0] == BY_HASH and len(parts[-1]) == 64 else ""


def put_back(path: Path, content: Iterable[bytes], *, mode: int) -> None:
    """On disk, whole, or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_name(path.name + HALF)
    try:
        with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
            for piece in content:
                out.write(piece)
            out.flush()
            os.fsync(out.fileno())
        half.chmod(mode)
        half.replace(path)
    finally:
        half.unlink(missing_ok=True)
