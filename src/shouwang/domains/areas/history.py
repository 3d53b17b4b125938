"""What a unit was and became (沿革): its names by the day, and each change under its document."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from shouwang.kernel.codes import Level, county_of, level_of

from .models import Alias, Area, FormerName, Part
from .queries import names
from .scopes import ancestors
from .words import called, unnamed

HIGH = (Level.PROVINCE, Level.PREFECTURE)


@dataclass(frozen=True, kw_only=True)
class Event:
    """One change as a page tells it: `other` is the unit it went into, came from or gave off."""

    since: date
    sort: str
    document: str
    other: str = ""
    zh: str = ""
    ko: str = ""
    kind: str = ""


def names_on(codes: Iterable[str], on: date) -> dict[str, str]:
    """What units were called on a day, in two statements: a paper of that day shows the name of that day."""
    wanted = set(codes)
    rows = FormerName.objects.filter(county__in={county_of(code) for code in wanted}, region__in=wanted)
    later = rows.filter(until__gt=on).order_by("region", "-until").values_list("region", "zh", "ko")
    return names(wanted) | {code: called(zh, ko) for code, zh, ko in later}


def history(code: str) -> list[Event]:
    """Everything that happened to a unit, the newest first; in four small statements."""
    found = [*_went(code), *_parted(code), *_were(code)]
    if not any(one.sort in ("part_of", "made_of") for one in found):
        found += _set_up(code)
    return sorted(found, key=lambda one: (one.since, one.sort, one.other), reverse=True)


def _went(code: str) -> Iterable[Event]:
    """Where it went, and what came to it; a new code is told as one, not as a merger."""
    rows = Alias.objects.filter(Q(region=code) | Q(target=code)).values_list(
        "region", "target", "since", "act", "document"
    )
    for old, new, since, act, document in rows:
        sort = {"merge": ("into", "from"), "rerank": ("recoded", "made_of"), "split": ("ended", "heir_of")}[act]
        gone = old == code
        yield Event(since=since, sort=sort[0 if gone else 1], document=document, other=new if gone else old)


def _parted(code: str) -> Iterable[Event]:
    rows = Part.objects.filter(Q(region=code) | Q(origin=code)).values_list(
        "region", "origin", "since", "document"
    )
    for part, origin, since, document in rows:
        sort, other = ("part_of", origin) if part == code else ("gave", part)
        yield Event(since=since, sort=sort, document=document, other=other)


def _were(code: str) -> Iterable[Event]:
    """What it was called or was before."""
    rows = FormerName.objects.filter(county=county_of(code), region=code).order_by("-until")
    now = Area.objects.filter(county=county_of(code), region=code).values_list("zh", "ko", "kind").first()
    for row in rows:
        same_kind = now is not None and now[2] == row.kind
        sort = "renamed" if same_kind else "reranked"
        yield Event(
            since=row.until, sort=sort, document=row.document, zh=row.zh, ko=row.ko, kind=row.kind
        )
        now = (row.zh, row.ko, row.kind)


def _set_up(code: str) -> Iterable[Event]:
    row = Area.objects.filter(county=county_of(code), region=code, since__isnull=False).first()
    if row is not None and row.since is not None:
        yield Event(since=row.since, sort="set_up", document=row.source)


def path_on(code: str, on: date) -> str:
    """The names from the county down as they were on a day: what a paper of that day says."""
    line = [unit for unit in reversed((code, *ancestors(code))) if unit == code or level_of(unit) not in HIGH]
    known = names_on(line, on)
    return " ".join(known[unit] for unit in line if known[unit] != unnamed(unit)) or code
