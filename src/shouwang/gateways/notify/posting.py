"""A message goes where its name leads now (发送去向): into the house's own net only to hosts that are allowed.

What a name meant when it was entered says nothing of today. It is looked up once, and what was looked at is what is
called; the certificate is still asked for under the name.
"""

import socket
from collections.abc import Mapping, Sequence
from ipaddress import ip_address

import httpx
from django.conf import settings

from shouwang.flows.send_notices import INSIDE, NO_NAME, NotSent
from shouwang.rules.outside import is_allowed, is_outside

SECONDS, MOST = 10, 3


def post(url: str, body: bytes, headers: Mapping[str, str]) -> httpx.Response:
    """Raises NotSent; whatever goes wrong is told without the address, which holds the secret."""
    try:
        answer = _posted(httpx.URL(url), body, headers)
    except (httpx.HTTPError, httpx.InvalidURL, UnicodeError) as error:
        raise NotSent(type(error).__name__) from None
    if not answer.is_success:
        raise NotSent(f"HTTP {answer.status_code}")
    return answer


def _posted(url: httpx.URL, body: bytes, headers: Mapping[str, str]) -> httpx.Response:
    """The next of several addresses is called where the one before cannot be reached."""
    name = url.raw_host.decode("ascii")
    told, *others = _looked_up(name, url.port or (443 if url.scheme == "https" else 80))
    sent = {**headers, "Host": url.netloc.decode("ascii")}
    with httpx.Client(timeout=SECONDS, follow_redirects=False) as client:
        while True:
            try:
                return client.post(
                    url.copy_with(host=told), content=body, headers=sent, extensions={"sni_hostname": name}
                )
            except (httpx.ConnectError, httpx.ConnectTimeout):
                if not others:
                    raise
                told, *others = others


def _looked_up(name: str, port: int) -> Sequence[str]:
    """The addresses a name stands for now. Raises NotSent."""
    try:
        found = socket.getaddrinfo(name, port, type=socket.SOCK_STREAM)
    except OSError:
        raise NotSent(NO_NAME) from None
    addresses = list(dict.fromkeys(str(place[0]) for _family, _type, _proto, _name, place in found))
    allowed = is_allowed(name, settings.CHANNEL_INNER_HOSTS)
    if not allowed and not all(is_outside(ip_address(one)) for one in addresses):
        raise NotSent(INSIDE)
    return addresses[:MOST]
