"""Whatever a page offers to open, opens: everybody of the cast follows the links from their first page on."""

import re
from collections import Counter
from urllib.parse import urljoin, urlsplit

import pytest

from tests.faces.stage import Stage
from tests.faces.test_homes import settled

MINTED, CODES = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}"), re.compile(r"/\d{4,15}(?=[/.]|$)")
LINKS = re.compile(r'<a [^>]*?href="([^"#]+)"')
TWICE, ENOUGH = 2, 160


def kind_of(address: str) -> str:
    """Pages that differ by what they are about are one kind of page."""
    return CODES.sub("/<area>", MINTED.sub("<id>", urlsplit(address).path))


def ours(address: str) -> bool:
    parts = urlsplit(address)
    return not parts.scheme and not parts.netloc and not parts.path.startswith(("/static/", "/language/"))


def walked(client, first: str) -> tuple[Counter[str], list[str]]:
    """Every kind of page reached, how often, and the links that led nowhere."""
    waiting, seen, kinds, dead = [(first, "")], {first}, Counter(), []
    while waiting and kinds.total() < ENOUGH:
        address, offered = waiting.pop(0)
        if kinds[kind_of(address)] >= TWICE:
            continue
        kinds[kind_of(address)] += 1
        answer = client.get(address)
        if answer.status_code >= 400:
            dead.append(f"{answer.status_code} {address} offered by {offered}")
        found = [answer["Location"]] if answer.has_header("Location") else []
        if not answer.streaming and answer.headers.get("Content-Type", "").startswith("text/html"):
            found += LINKS.findall(answer.content.decode())
        new = [urljoin(address, link.replace("&amp;", "&")) for link in found]
        waiting += [(link, address) for link in new if ours(link) and link not in seen and not seen.add(link)]
    return kinds, dead


@pytest.mark.parametrize(
    "who, first, at_least",
    [
        ("hanxue", "/office/", 60),
        ("cuizhe", "/office/", 60),
        ("liming", "/phone/", 25),
        ("liuguozhu", "/phone/", 25),
        ("zhoumin", "/office/", 40),
        ("quanzhenhu", "/office/", 40),
        ("nobody", "/", 15),
    ],
)
def test_no_link_leads_nowhere(stage: Stage, client, who: str, first: str, at_least: int):
    settled(stage)
    kinds, dead = walked(client if who == "nobody" else stage.client(who), first)
    assert not dead
    assert len(kinds) >= at_least, sorted(kinds)
