"""Typed readers for settings that come from the environment."""

import os
from pathlib import Path


class SettingError(Exception):
    """A setting is missing or cannot be read; the message names it."""


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, default)


def integer(name: str, default: int) -> int:
    raw = os.environ.get(name)
    if raw is None:
        return default
    try:
        return int(raw)
    except ValueError:
        raise SettingError(f"{name}: {raw!r} is not a whole number") from None


def flag(name: str, default: bool = False) -> bool:
    raw = os.environ.get(name)
    if raw is None:
        return default
    if raw.lower() in {"1", "true", "yes", "on"}:
        return True
    if raw.lower() in {"0", "false", "no", "off", ""}:
        return False
    raise SettingError(f"{name}: {raw!r} is neither yes nor no")


def choice(name: str, *, allowed: tuple[str, ...]) -> str:
    """The setting, or the first allowed value; any other is an error that names the choices."""
    raw = os.environ.get(name, allowed[0])
    if raw not in allowed:
        raise SettingError(f"{name}: {raw!r} is not one of {', '.join(allowed)}")
    return raw


def folder(name: str, default: Path) -> Path:
    return Path(os.environ.get(name) or default).expanduser().resolve()


def path(name: str) -> Path | None:
    """A file that is named, or none."""
    raw = os.environ.get(name)
    return Path(raw).expanduser().resolve() if raw else None


def token(name: str, *, least: int) -> str:
    """A token from NAME or the file NAME_FILE, '' when neither is set; one that could be guessed is an error."""
    path = os.environ.get(f"{name}_FILE")
    found = os.environ.get(name) or (Path(path).read_text().strip() if path else "")
    if found and len(found) < least:
        raise SettingError(f"{name}: has fewer than {least} characters")
    return found


def secret(name: str, *, kept_in: Path) -> str:
    """A secret from NAME, from the file NAME_FILE, or made once and kept (mode 600) in `kept_in`."""
    if raw := os.environ.get(name):
        return raw
    if path := os.environ.get(f"{name}_FILE"):
        return Path(path).read_text().strip()
    if not kept_in.exists():
        kept_in.parent.mkdir(parents=True, exist_ok=True)
        opened = os.open(kept_in, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(opened, "w") as out:
            out.write(os.urandom(48).hex())
    return kept_in.read_text().strip()
