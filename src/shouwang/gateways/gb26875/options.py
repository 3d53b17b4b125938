"""What a gateway is told when it starts: where it listens, whom it lets in, how much of each it bears."""

from dataclasses import dataclass, field
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from pathlib import Path

Network = IPv4Network | IPv6Network


class OptionError(Exception):
    """A setting of the gateway cannot be used; the message names it."""


@dataclass(frozen=True, kw_only=True)
class Options:
    """`rate` is frames a second of one connection; more wait, none is dropped. 0 switches a listener or limit off."""

    host: str = "127.0.0.1"
    port: int = 26875
    udp: bool = True
    tls_port: int = 0
    tls_cert: Path | None = None
    tls_key: Path | None = None
    allowed: tuple[Network, ...] = ()
    centre: str = ""
    rate: int = 500
    lines: int = 20_000
    lines_of_one: int = 1000
    name: str = field(default="gb26875")

    def lets_in(self, peer: str) -> bool:
        """Whether an address is on the list; an empty list lets everybody in."""
        if not self.allowed:
            return True
        try:
            found = ip_address(peer)
        except ValueError:
            return False
        mapped = getattr(found, "ipv4_mapped", None) or found
        return any(mapped in network for network in self.allowed)


def networks(text: str) -> tuple[Network, ...]:
    """A list of addresses and networks, comma between. Raises OptionError."""
    try:
        return tuple(ip_network(word.strip(), strict=False) for word in text.split(",") if word.strip())
    except ValueError as error:
        raise OptionError(f"SHOUWANG_GATEWAY_ALLOW: {error}") from None
