"""The accounts a demo offers on its sign-in page (演示账号)."""

from dataclasses import dataclass
from itertools import groupby

from shouwang.domains.areas.queries import names
from shouwang.domains.people.demo import DEMO_PASSWORD
from shouwang.domains.people.queries import DemoAccount, demo_accounts, demo_counties
from shouwang.kernel.codes import Level, level_of


@dataclass(frozen=True, kw_only=True)
class Offered:
    """The prefecture's accounts and those of one county, by post; the other counties are a link away."""

    password: str
    county: str
    counties: list[tuple[str, str]]
    kinds: list[tuple[str, list[DemoAccount]]]
    places: dict[str, str]


def offered(county: str) -> Offered:
    held = demo_counties()
    above = [code for code in held if level_of(code) is Level.PREFECTURE]
    below = [code for code in held if code not in above]
    chosen = county if county in below else next(iter(below), "")
    found = demo_accounts([*above, chosen] if chosen else above)
    places = names({one.region for one in found} | set(below))
    return Offered(
        password=DEMO_PASSWORD,
        county=chosen,
        counties=[(code, places[code]) for code in below],
        kinds=[(kind, list(group)) for kind, group in groupby(found, key=lambda one: one.kind)],
        places=places,
    )
