"""A message goes where its name leads now (发送去向)."""

from collections.abc import Mapping

import httpx

from shouwang.flows.send_notices import NotSent
from shouwang.gateways.whereto import NoWay, ways_to

SECONDS = 10


def post(url: str, body: bytes, headers: Mapping[str, str]) -> httpx.Response:
    """Raises NotSent; whatever goes wrong is told without the address, which holds the secret."""
    try:
        answer = _posted(httpx.URL(url), body, headers)
    except NoWay as no:
        raise NotSent(str(no)) from None
    except (httpx.HTTPError, httpx.InvalidURL, UnicodeError) as error:
        raise NotSent(type(error).__name__) from None
    if not answer.is_success:
        raise NotSent(f"HTTP {answer.status_code}")
    return answer


def _posted(url: httpx.URL, body: bytes, headers: Mapping[str, str]) -> httpx.Response:
    """The next of several addresses is called where the one before cannot be reached."""
    way, *others = ways_to(url)
    with httpx.Client(timeout=SECONDS, follow_redirects=False) as client:
        while True:
            sent = {**headers, **way.headers}
            try:
                return client.post(way.to, content=body, headers=sent, extensions=way.extensions)
            except (httpx.ConnectError, httpx.ConnectTimeout):
                if not others:
                    raise
                way, *others = others
