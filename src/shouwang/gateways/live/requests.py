"""What a viewer asks for (订阅请求): as much of HTTP as an EventSource speaks, bounded in size."""

from dataclasses import dataclass
from http.client import HTTPException, parse_headers
from io import BytesIO
from urllib.parse import parse_qs, urlsplit

from shouwang.domains.people.sessions import COOKIE
from shouwang.flows.live_news import FEEDS

PATH, END = "/live/", b"\r\n\r\n"
LARGEST = 16 * 1024
# A position a county: "222401.17-222402.5".
Positions = dict[str, int]


class Unfit(Exception):
    """No stream comes of this request: the number says why."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A request for a stream `about` alarms or signals; `watching` keeps the session in use, `since` was seen last."""

    token: str
    about: str
    since: Positions | None
    watching: bool
    host: str
    origin: str


def read(head: bytes) -> Asked:
    """The head of a request. Raises Unfit."""
    first, _, rest = head.partition(b"\r\n")
    words = first.decode("latin-1").split(" ")
    if len(words) != 3 or not words[2].startswith("HTTP/1."):
        raise Unfit(400)
    try:
        target = urlsplit(words[1])
    except ValueError:
        raise Unfit(400) from None
    query = parse_qs(target.query)
    about = query.get("about", ["alarms"])[0]
    if target.path != PATH or about not in FEEDS:
        raise Unfit(404)
    if words[0] != "GET":
        raise Unfit(405)
    try:
        headers = parse_headers(BytesIO(rest))
    except HTTPException:
        raise Unfit(400) from None
    return Asked(
        token=_cookie(headers.get("Cookie", "")),
        about=about,
        since=positions(headers.get("Last-Event-ID", "")),
        watching=query.get("watching") == ["yes"],
        host=headers.get("Host", ""),
        origin=headers.get("Origin", ""),
    )


def positions(text: str) -> Positions | None:
    """Positions as an event id spells them; None for what nobody of ours wrote."""
    found = {}
    for part in text.split("-") if text else ():
        county, _, number = part.partition(".")
        if not (len(county) == 6 and county.isascii() and county.isdigit()):
            return None
        if not number.removeprefix("~").isascii() or not number.removeprefix("~").isdigit() or len(number) > 18:
            return None
        found[county] = -1 if number.startswith("~") else int(number)
    return found or None


def spelt(found: Positions) -> str:
    """An event id; a county where nothing happened yet stands with a tilde."""
    return "-".join(f"{county}.{'~0' if at < 0 else at}" for county, at in sorted(found.items()))


def _cookie(header: str) -> str:
    for part in header.split(";"):
        name, _, value = part.strip().partition("=")
        if name == COOKIE:
            return value.strip('"')
    return ""
