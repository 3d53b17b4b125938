"""Whether an address names a server on the outside (外网地址): nobody lets this house ask its own servers."""

import re
from collections.abc import Collection
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import urlsplit

LABEL = re.compile(r"[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?")
WITHIN = ("localhost", "local", "internal", "lan", "localdomain", "arpa")
NAT64 = IPv6Network("64:ff9b::/96")
NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")


def on_the_outside(url: str, *, inner: Collection[str] = ()) -> bool:
    """HTTPS to a server that is reached from everywhere, or to one of the `inner` hosts that are allowed."""
    if re.search(r"[\s\\\x00-\x1f]", url):
        return False
    try:
        parts = urlsplit(url)
        host, _port = plain_host(parts.hostname or ""), parts.port
    except ValueError:
        return False
    if parts.scheme != "https" or parts.username is not None:
        return False
    return is_allowed(host, inner) or _public(host)


def is_allowed(host: str, inner: Collection[str]) -> bool:
    """Whether a host is one of the house's own net that may be named all the same."""
    return host.lower() in {one.strip().lower() for one in inner} - {""}


def is_outside(found: IPv4Address | IPv6Address) -> bool:
    """Whether an address is reached from everywhere; an older one inside of a newer one counts as what it is."""
    inside = _inside(found) if isinstance(found, IPv6Address) else found
    if inside is not None:
        return inside.is_global and not inside.is_multicast
    return found.is_global and not found.is_multicast and getattr(found, "teredo", None) is None


def is_mail_address(text: str) -> bool:
    """One @ with something on both sides, and nothing that would end the line or name a second one."""
    before, _at, after = text.partition("@")
    return bool(before and after) and not re.search(r"[\s,;<>\"()@]", before + after)


def plain_host(host: str) -> str:
    """As the name is asked for: no capitals, no full stop behind, no other script. Raises ValueError."""
    if ":" in host:
        return host
    plain = host.encode("idna").decode().lower().removesuffix(".")
    labels = plain.split(".")
    if not all(LABEL.fullmatch(one) for one in labels):
        raise ValueError(host)
    for one in labels:
        one.encode().decode("idna")
    return plain


def _public(host: str) -> bool:
    found = as_number(host)
    if found is None:
        last = host.rpartition(".")[2]
        return "." in host and last not in WITHIN and not NUMBER.fullmatch(last)
    return is_outside(found)


def _inside(found: IPv6Address) -> IPv4Address | None:
    return IPv4Address(int(found) & 0xFFFFFFFF) if found in NAT64 else found.ipv4_mapped or found.sixtofour


def as_number(host: str) -> IPv4Address | IPv6Address | None:
    """A host that is an IP address in any spelling: 127.1, 0177.0.0.1, 0x7f000001."""
    try:
        return ip_address(host)
    except ValueError:
        pass
    try:
        numbers = [_number(part) for part in host.split(".")]
        *first, last = numbers
        whole = sum(one << (24 - 8 * place) for place, one in enumerate(first)) + last
        return IPv4Address(whole)
    except ValueError:
        return None


def _number(text: str) -> int:
    if text.startswith("0x"):
        return int(text[2:] or "0", 16)
    return int(text, 8 if len(text) > 1 and text.startswith("0") else 10)
