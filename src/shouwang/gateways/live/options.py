"""What the live process is told when it starts: where it listens, how many it serves, which page may ask."""

from dataclasses import dataclass
from urllib.parse import urlsplit


@dataclass(frozen=True, kw_only=True)
class Options:
    """`other_origin`: pages come from another port of the same host, as in a demo without a web server in front."""

    host: str = "127.0.0.1"
    port: int = 8010
    viewers: int = 4000
    viewers_of_one: int = 8
    other_origin: bool = False
    centre: str = ""
    name: str = "live"

    def lets_read(self, origin: str, host: str) -> bool:
        """Whether a page of another origin may read: only one of the same host, and only where that is wanted."""
        return self.other_origin and bool(origin) and urlsplit(origin).hostname == urlsplit(f"//{host}").hostname
