"""The folder of backups (备份目录): parts named by their content, and one manifest a backup, written last."""

import fcntl
import hmac
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from .chunks import Sealed, opened
from .keys import naming
from .refusing import Damaged, Refused

MANIFEST = ".manifest"


class Store:
    """Parts and manifests under one key. A part that is there is never written again."""

    def __init__(self, folder: Path, *, key: bytes, cipher: int) -> None:
        self.folder, self.key, self.cipher = folder, key, cipher
        self._names = naming(key)
        self._touched: set[Path] = set()
        self.written = self.reused = self.bytes_written = 0

    @contextmanager
    def alone(self) -> Iterator[None]:
        """One backup at a time; what a killed one left half written is cleared away. Raises Refused."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / "lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                raise Refused(f"{self.folder}: another backup is being written here") from None
            for left in self.folder.glob("half/*"):
                left.unlink()
            (self.folder / "half").mkdir(exist_ok=True)
            yield

    def name_of(self, digest: str) -> str:
        """The name of a part: from its content, but telling nothing of it to who has no key."""
        return hmac.digest(self._names, digest.encode(), "sha256").hex()

    def path_of(self, name: str) -> Path:
        return self.folder / "parts" / name[:2] / name

    def keep(self, digest: str, pieces: Iterable[bytes], *, packed: bool) -> str:
        """Keep content whose SHA-256 is `digest`; its name. Raises Damaged when the pieces are something else."""
        name = self.name_of(digest)
        path = self.path_of(name)
        if path.exists():
            self.reused += 1
            return name
        half = self.folder / "half" / name
        if self._write(half, name, pieces, packed=packed) != digest:
            half.unlink()
            raise Damaged(f"{digest}: changed while it was read")
        path.parent.mkdir(parents=True, exist_ok=True)
        self.bytes_written += half.stat().st_size
        half.replace(path)
        self._touched |= {path.parent, path.parent.parent}
        self.written += 1
        return name

    def _write(self, path: Path, name: str, pieces: Iterable[bytes], *, packed: bool) -> str:
        seen = sha256()
        with path.open("wb") as out:
            stream = Sealed(out, key=self.key, name=name, cipher=self.cipher, packed=packed)
            for piece in pieces:
                seen.update(piece)
                stream.write(piece)
            stream.close()
            out.flush()
            os.fsync(out.fileno())
        return seen.hexdigest()

    def content(self, name: str, *, digest: str, what: str) -> Iterator[bytes]:
        """The content of a part. Raises Damaged naming `what` it belongs to and the part."""
        what, seen = f"{what} (part {name[:2]}/{name})", sha256()
        if self.name_of(digest) != name:
            raise Damaged(f"{what}: the name is not that of its content")
        try:
            source = self.path_of(name).open("rb")
        except FileNotFoundError:
            raise Damaged(f"{what}: missing") from None
        with source:
            for piece in opened(source, key=self.key, name=name, what=what):
                seen.update(piece)
                yield piece
        if seen.hexdigest() != digest:
            raise Damaged(f"{what}: holds something else")

    def backups(self) -> list[str]:
        """Ids of the whole backups, the oldest first."""
        return sorted(path.name.removesuffix(MANIFEST) for path in self.folder.glob(f"backups/*{MANIFEST}"))

    def newest(self) -> str:
        found = self.backups()
        if not found:
            raise Refused(f"{self.folder}: there is no whole backup here")
        return found[-1]

    def manifest_path(self, id: str) -> Path:  # noqa: A002
        return self.folder / "backups" / f"{id}{MANIFEST}"

    @contextmanager
    def manifest(self, id: str) -> Iterator[Sealed]:  # noqa: A002
        """Write a manifest, which makes a backup of the parts: after all of them are on disk, or not at all."""
        path, half = self.manifest_path(id), self.folder / "half" / "manifest"
        path.parent.mkdir(parents=True, exist_ok=True)
        with half.open("wb") as out:
            stream = Sealed(out, key=self.key, name=f"manifest {id}", cipher=self.cipher, packed=True)
            yield stream
            stream.close()
            out.flush()
            os.fsync(out.fileno())
        for folder in self._touched:
            _sync(folder)
        half.replace(path)
        for folder in (path.parent, self.folder):
            _sync(folder)

    def listed(self, id: str) -> Iterator[bytes]:  # noqa: A002
        """The manifest of a backup, piece by piece. Raises Refused, Damaged."""
        path = self.manifest_path(id)
        if not path.exists():
            raise Refused(f"{self.folder}: there is no backup {id}")
        with path.open("rb") as source:
            yield from opened(source, key=self.key, name=f"manifest {id}", what=f"manifest of {id}")


def _sync(folder: Path) -> None:
    opened_folder = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened_folder)
    finally:
        os.close(opened_folder)
