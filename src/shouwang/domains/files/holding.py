"""Files that wait a while for somebody (暂存): between a check and an import, or until a table is fetched."""

import hashlib
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings

from .services import write_durably

LASTS = timedelta(days=7)
HEAD = 64


def hold(data: bytes, *, county: str) -> str:
    """Keep bytes for some days; the name under which they are found again."""
    name = hashlib.sha256(data).hexdigest()
    write_durably(_folder(county) / name, data)
    return name


def held(county: str, name: str) -> bytes | None:
    """The bytes held under a name; None when they were never held or their time is over."""
    path = _folder(county) / name
    return path.read_bytes() if path.is_file() else None


def heads_of_held() -> Iterator[bytes]:
    """How each file that waits begins: enough to tell what sealed it."""
    for path in _root().glob("*/*"):
        with path.open("rb") as held_file:
            yield held_file.read(HEAD)


def let_go(*, now: datetime) -> int:
    """Delete what has waited long enough; how much that was."""
    over = (now - LASTS).timestamp()
    gone = [path for path in _root().glob("*/*") if path.stat().st_mtime < over]
    for path in gone:
        path.unlink(missing_ok=True)
    return len(gone)


def _folder(county: str) -> Path:
    return _root() / county


def _root() -> Path:
    return Path(settings.HOME) / "held"
