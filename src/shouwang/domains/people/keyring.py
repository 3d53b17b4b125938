"""The keys that seal what must be read back (密钥环): dated, in one file; the newest seals, every one of them opens.

Before a key file is made there is one key, 0, derived from SECRET_KEY. The file is read again whenever it changes,
so a key made by a command is used by every running process from its next sealing on.
"""

import fcntl
import json
import os
from base64 import b64decode, b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from django.conf import settings

SECRET_BYTES, NAME_BYTES = 32, 4
OWNER_ONLY = 0o600


class KeyFileBroken(Exception):
    """The key file cannot be read or is not what was written; the message says where and why."""


@dataclass(frozen=True, slots=True)
class Key:
    """A key by its name; one that is retired has lost its `secret` and opens nothing."""

    name: str
    made_at: datetime
    secret: bytes = b""
    retired_at: datetime | None = None


def keys() -> tuple[Key, ...]:
    """Every key of the file, the oldest first; none where there is no file. Raises KeyFileBroken."""
    path = Path(settings.KEY_FILE)
    try:
        seen = path.stat()
    except FileNotFoundError:
        return ()
    return _read(path, (seen.st_mtime_ns, seen.st_ino, seen.st_size))


def newest() -> Key | None:
    """The key that seals; None while key 0 does."""
    found = keys()
    return found[-1] if found else None


def named(name: str) -> Key | None:
    return next((key for key in keys() if key.name == name), None)


def new_key(*, now: datetime) -> Key:
    """A new key, on disk before anything is sealed by it."""
    with _alone():
        key = Key(os.urandom(NAME_BYTES).hex(), now, os.urandom(SECRET_BYTES))
        _write((*keys(), key))
    return key


def forget(name: str, *, now: datetime) -> None:
    """Delete the secret of a key; its name and dates stay. Whatever it sealed can never be read again."""
    with _alone():
        _write(tuple(replace(k, secret=b"", retired_at=now) if k.name == name else k for k in keys()))


@lru_cache(maxsize=4)
def _read(path: Path, version: tuple[int, int, int]) -> tuple[Key, ...]:
    del version  # only tells one state of the file from another
    try:
        found = tuple(_key(told) for told in json.loads(path.read_text("utf-8"))["keys"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise KeyFileBroken(f"{path}: not a key file ({type(error).__name__}: {error})") from None
    if found and not found[-1].secret:
        raise KeyFileBroken(f"{path}: the newest key, {found[-1].name}, has no secret")
    return found


def _key(told: dict[str, str]) -> Key:
    secret, retired = b64decode(told["secret"], validate=True), told.get("retired_at")
    if len(secret) not in (0, SECRET_BYTES) or len(bytes.fromhex(told["name"])) != NAME_BYTES:
        raise ValueError(f"key {told['name']} has not the right length")
    at = datetime.fromisoformat
    return Key(told["name"], at(told["made_at"]), secret, at(retired) if retired else None)


def _told(key: Key) -> dict[str, str]:
    told = {"name": key.name, "made_at": key.made_at.isoformat(), "secret": b64encode(key.secret).decode()}
    return told | ({"retired_at": key.retired_at.isoformat()} if key.retired_at else {})


def _write(found: tuple[Key, ...]) -> None:
    """On disk, whole, for the owner alone, and still there after a power cut."""
    path = Path(settings.KEY_FILE)
    part = path.with_name(f"{path.name}.{os.getpid()}")
    part.unlink(missing_ok=True)
    with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY), "w", encoding="utf-8") as out:
        json.dump({"keys": [_told(key) for key in found]}, out, indent=1)
        out.flush()
        os.fsync(out.fileno())
    part.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


@contextmanager
def _alone() -> Iterator[None]:
    """Two who make a key at once must not lose one."""
    path = Path(settings.KEY_FILE)
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(os.open(path.with_name(f"{path.name}.lock"), os.O_WRONLY | os.O_CREAT, OWNER_ONLY), "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
