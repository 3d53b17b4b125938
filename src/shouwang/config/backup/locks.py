"""Keys that are in no backup (另存的密钥): a thief must not find them beside what they lock, only marks of them."""

from hashlib import sha256
from pathlib import Path

from .home import told
from .store import Store

SECRET, KEYS = "SHOUWANG_SECRET_KEY", "SHOUWANG_KEY_FILE"


def marks(store: Store, *, secret: str, key_file: Path) -> dict[str, str]:
    """By what the keys at work are known again; nothing of them can be told from it."""
    kept = {SECRET: sha256(secret.encode()).hexdigest()}
    if key_file.exists():
        kept[KEYS] = told(key_file)[0]
    return {name: store.name_of(digest) for name, digest in kept.items()}


def wanting(then: dict[str, str], now: dict[str, str]) -> list[str]:
    """Keys of a backup that are not here, or not as they were."""
    return [name for name, mark in then.items() if now.get(name) != mark]
