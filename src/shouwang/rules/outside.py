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
    return host in {one.strip().lower() for one in inner} or _public(host)


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
    if isinstance(found, IPv6Address):
        return _public_six(found)
    return found.is_global and not found.is_multicast


def _public_six(found: IPv6Address) -> bool:
    """An older address inside of a newer one counts as what it is."""
    inside = found.ipv4_mapped or found.sixtofour
    if found in NAT64:
        inside = IPv4Address(int(found) & 0xFFFFFFFF)
    if inside is not None:
        return inside.is_global and not inside.is_multicast
    return found.is_global and not found.is_multicast and found.teredo is None


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
