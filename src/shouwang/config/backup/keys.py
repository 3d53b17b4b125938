"""The key of the backups (备份密钥): a file of its own, from which every part's key is derived."""

import os
from pathlib import Path

from shouwang.kernel.suites import STANDARD

from .refusing import Refused

SIZE = 32
SETTING = "SHOUWANG_BACKUP_KEY_FILE"


def make(path: Path) -> None:
    """Make a key nobody chose, readable by its owner alone."""
    path.parent.mkdir(parents=True, exist_ok=True)
    opened = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(opened, "w") as out:
        out.write(os.urandom(SIZE).hex() + "\n")
        out.flush()
        os.fsync(out.fileno())


def read(path: Path) -> bytes:
    """The key. Raises Refused with what to bring."""
    try:
        key = bytes.fromhex(path.read_text("ascii").strip())
    except FileNotFoundError:
        raise Refused(f"{SETTING}: {path} is not there; bring the key the backup was made with") from None
    except ValueError:
        key = b""
    if len(key) != SIZE:
        raise Refused(f"{SETTING}: {path} does not hold a key ({SIZE * 2} hexadecimal digits)")
    return key


def naming(key: bytes) -> bytes:
    """The key that names parts; the cipher may change in the life of a folder, their names may not."""
    return STANDARD.derive(key, purpose=b"shouwang backup names")
