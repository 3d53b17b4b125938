"""Where the broker is and who we are to it (MQTT设置)."""

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

PORTS = {"mqtt": 1883, "mqtts": 8883}


class OptionError(Exception):
    """A setting is missing or makes no sense; the message names it."""


@dataclass(frozen=True, kw_only=True)
class Options:
    """`client` is the name under which the broker keeps what came while we were away: one process, one name."""

    host: str
    port: int
    tls: bool
    user: str = ""
    password: str = ""
    client: str = "shouwang"
    ca: Path | None = None
    cert: Path | None = None
    key: Path | None = None
    centre: str = ""


def address_of(url: str) -> tuple[str, int, bool]:
    """(host, port, whether by TLS). Raises OptionError."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        host, port = None, None
        parts = urlsplit("")
    if parts.scheme not in PORTS or not host or parts.path.strip("/") or parts.username or parts.password:
        raise OptionError("SHOUWANG_MQTT_URL must be mqtts://host:8883 or mqtt://host:1883, without name and password")
    return host, port or PORTS[parts.scheme], parts.scheme == "mqtts"
