"""Which PostgreSQL to use: any server by URL, or the embedded one under SHOUWANG_HOME."""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from .embedded import start
from .env import SettingError


def connection(url: str, *, home: Path, pool: int) -> dict[str, Any]:
    """Django's DATABASES entry for `url`, starting the embedded server when `url` is empty.

    `pool` connections at most are lent out; with 0 each thread keeps its own.
    """
    parts = urlsplit(url or start(home))
    if parts.scheme not in {"postgres", "postgresql"}:
        raise SettingError(f"SHOUWANG_DATABASE_URL: {parts.scheme!r} is not PostgreSQL")
    query = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")) or "postgres",
        "USER": unquote(parts.username or "postgres"),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", "") or parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_HEALTH_CHECKS": False,
        "CONN_MAX_AGE": 0 if pool else None,
        # Binding on the server and preparing after five uses help only together (design §5, measured).
        "OPTIONS": {
            **query,
            "server_side_binding": True,
            "prepare_threshold": 5,
            **({"pool": {"min_size": 1, "max_size": pool, "timeout": 10}} if pool else {}),
        },
    }
