"""Where a name leads now (去向): into the house's own net only to hosts that are allowed.

What a name meant when it was entered says nothing of today. It is looked up once, and what was looked at is what is
called; the certificate is still asked for under the name.
"""

import socket
from collections.abc import Sequence
from dataclasses import dataclass, field
from ipaddress import ip_address

import httpx
from django.conf import settings

from shouwang.rules.outside import is_allowed, is_outside

MOST = 3
INSIDE, NO_NAME = "the address leads into the house's own net", "no server has this name"


class NoWay(Exception):
    """Nobody is called there; the message is the reason, and never holds the address."""


@dataclass(frozen=True)
class Way:
    """A number to call, what the call says of the name, and what name the certificate has to be for."""

    to: httpx.URL
    headers: dict[str, str] = field(default_factory=dict)
    extensions: dict[str, str] = field(default_factory=dict)


def ways_to(url: httpx.URL) -> Sequence[Way]:
    """One for each number that the name stands for now, in their order; at least one. Raises NoWay, UnicodeError."""
    name = url.raw_host.decode("ascii")
    try:
        port = url.port or (443 if url.scheme == "https" else 80)
        found = socket.getaddrinfo(name, port, type=socket.SOCK_STREAM)
    except OSError:
        raise NoWay(NO_NAME) from None
    numbers = list(dict.fromkeys(str(place[0]) for _family, _type, _proto, _name, place in found))
    allowed = is_allowed(name, settings.CHANNEL_INNER_HOSTS)
    if not allowed and not all(is_outside(ip_address(one)) for one in numbers):
        raise NoWay(INSIDE)
    told, called = {"Host": url.netloc.decode("ascii")}, {"sni_hostname": name}
    return [Way(url.copy_with(host=one), told, called) for one in numbers[:MOST]]
