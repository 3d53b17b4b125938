"""Items of a yearly plan: generated for a body, handed down from above, adjusted within the days of their period."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from shouwang.domains.areas.queries import kinds_of
from shouwang.domains.duties.lists import of_body
from shouwang.domains.duties.models import Plan
from shouwang.domains.ledger.minting import mint
from shouwang.domains.people.holders import holders_within
from shouwang.policy import Pack
from shouwang.rules.planning import Planned, day_fits, plan_of
from shouwang.rules.seen import Body
from shouwang.rules.tasks import level_of_body

from .refusal import NotSeen, Unfit
from .working_days import workdays_of

TITLE, NOTE, MOST_OWN = 120, 200, 200
Item = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Change:
    """What is planned for an item: a day, a person of the body, a note; all may be left open."""

    day: str = ""
    person: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Own:
    """An item of the body's own; `below` hands it down to the level under it."""

    title: str
    day: str = ""
    person: str = ""
    note: str = ""
    below: bool = False


def generated(pack: Pack, region: str, year: int, *, now: datetime) -> list[Item]:
    """Every line of the body's year; what it is known not to owe is left out."""
    body = Body(region, level_of_body(region), kinds_of([region]).get(region, ""))
    standings = of_body(region[:6], region=region, year=year)
    not_owed = {one.duty for one in standings if one.verdict == "not_owed"}
    lines = plan_of(pack, workdays_of(region), body, year, now=now)
    return [_item(line) for line in lines if line.duty not in not_owed]


def carried(above: Plan | None) -> list[Item]:
    """The items of the plan above that it hands down."""
    found = [item for item in above.items if item.get("below")] if above else []
    return [
        {**item, "key": f"above|{item['key']}", "person": "", "above": True, "below": False} for item in found
    ]


def adjusted(plan: Plan, key: str, change: Change, *, now: datetime) -> list[Item]:
    """The items with one of them changed. Raises NotSeen, Unfit."""
    item = next((one for one in plan.items if one["key"] == key), None)
    if item is None:
        raise NotSeen(key)
    faults = _faults(plan, change.day, change.person, change.note, now=now)
    day = _day(change.day)
    if day and not day_fits(line_of(item), day, plan.year):
        faults["day"] = _("The day must lie within the days of this item.")
    if faults:
        raise Unfit(faults)
    changed = {**item, "day": change.day, "person": change.person, "note": change.note.strip()}
    return [changed if one["key"] == key else one for one in plan.items]


def with_own(plan: Plan, own: Own, *, now: datetime) -> list[Item]:
    """The items and one more. Raises Unfit."""
    faults = _faults(plan, own.day, own.person, own.note, now=now)
    title = own.title.strip()
    if not title or len(title) > TITLE:
        faults["title"] = _("Name the item in at most %(n)s characters.") % {"n": TITLE}
    day = _day(own.day)
    if day and day.year != plan.year:
        faults["day"] = _("The day must lie in the year of the plan.")
    if sum(not item["duty"] for item in plan.items) >= MOST_OWN:
        faults["title"] = _("A plan holds at most %(n)s items of one's own.") % {"n": MOST_OWN}
    if faults:
        raise Unfit(faults)
    item = _blank(key=f"own|{mint(now)}", sort="own", title=title, below=own.below)
    return [*plan.items, {**item, "day": own.day, "person": own.person, "note": own.note.strip()}]


def line_of(item: Mapping[str, Any]) -> Planned:
    """The days an item may be done on."""
    return Planned(item["duty"], item["sort"], item["period"], _day(item["first"]), _day(item["last"]))


def people_of(region: str, *, on: date) -> Sequence[Any]:
    """Who may be named: people in a post of the body itself."""
    return [one for one in holders_within(region, on=on, limit=200) if one.region == region]


def _item(line: Planned) -> Item:
    return _blank(
        key=line.key,
        sort=line.sort,
        duty=line.duty,
        period=line.period,
        first=line.first.isoformat() if line.first else "",
        last=line.last.isoformat() if line.last else "",
        unsure=[reason.plain for reason in line.unsure],
    )


def _blank(**told: Any) -> Item:
    plain = dict.fromkeys(("duty", "period", "first", "last", "day", "person", "note", "title"), "")
    return {**plain, "unsure": [], "below": False, "above": False, **told}


def _faults(plan: Plan, day: str, person: str, note: str, *, now: datetime) -> dict[str, str]:
    faults = {}
    if day and _day(day) is None:
        faults["day"] = _("Write the day as 2026-06-01.")
    if len(note) > NOTE:
        faults["note"] = _("At most %(n)s characters.") % {"n": NOTE}
    if person and person not in {str(one.person) for one in people_of(plan.region, on=timezone.localdate(now))}:
        faults["person"] = _("Choose somebody of this body.")
    return faults


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
