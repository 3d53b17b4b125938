"""台账总览: every type of record by the section of the plan it belongs to, and how many there are this year."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from shouwang.domains.people.actor import Actor
from shouwang.domains.records.queries import waiting, year_counts, year_counts_in_sight
from shouwang.domains.records.scopes import Sight
from shouwang.faces.doors import signed_in
from shouwang.faces.office.place import Standpoint, standpoint
from shouwang.faces.record_telling import spoken
from shouwang.flows.sight import RECORDS, record_sight
from shouwang.kernel.codes import Level, level_of, prefix_of
from shouwang.policy import Pack, load
from shouwang.policy.record_shapes import RecordType
from shouwang.rules.record_acts import VERIFY, enters_somewhere, verifying_somewhere

RANK = tuple(level.value for level in Level)


@dataclass(frozen=True)
class Nobody:
    """A viewer who entered nothing: what a post may confirm is not what the person wrote."""

    id: UUID = UUID(int=0)
    posts: tuple[Any, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One type: how many this year, how many wait for this reader, and whether they enter it."""

    one: RecordType
    label: str
    count: int
    waiting: int
    returned: int
    may_enter: bool


@dataclass(frozen=True, kw_only=True)
class Keep:
    """What the crumb keeps in the address."""

    mine: bool

    @property
    def keep(self) -> str:
        return "mine=1&" if self.mine else ""


@signed_in
def overview(request: HttpRequest, actor: Actor) -> HttpResponse:
    now, pack = timezone.now(), load(settings.PACK)
    stand = standpoint(actor, request.GET.get("area", ""), now=now, action=RECORDS)
    asked = Keep(mine=request.GET.get("mine", "") == "1")
    year = timezone.localtime(now).year
    shown = _types(pack, actor, stand, mine=asked.mine)
    entries = _entries(pack, actor, shown, stand=stand, year=year)
    context = {
        "stand": stand,
        "filters": asked,
        "year": year,
        "groups": _grouped(pack, entries),
        "to_confirm": [entry for entry in entries if entry.waiting],
        "sent_back": [entry for entry in entries if entry.returned],
        "enters_any": any(enters_somewhere(pack, one, actor.posts) for one in pack.records.values()),
        "here": reverse("office:records"),
    }
    return render(request, "office/records/overview.html", context)


def _types(pack: Pack, actor: Actor, stand: Standpoint, *, mine: bool) -> list[RecordType]:
    """Types that bodies in the area keep; or only those the reader enters."""
    lowest = RANK.index(level_of(stand.area).value) if stand.area else 0
    return [
        one
        for one in pack.records.values()
        if enters_somewhere(pack, one, actor.posts)
        or (not mine and any(RANK.index(level) >= lowest for level in one.levels))
    ]


def _entries(
    pack: Pack, actor: Actor, types: list[RecordType], *, stand: Standpoint, year: int
) -> list[Entry]:
    ids = [one.id for one in types]
    seen = record_sight(actor)
    counted = counts(stand, seen, ids, year=year)
    confirms = [one.id for one in types if verifying_somewhere(pack, one, actor.posts)]
    over = replace(record_sight(actor, VERIFY), viewer=Nobody())
    wait = waiting(over, confirms) if confirms else {}
    back = waiting(replace(seen, areas=(), shares=()), ids, state="returned")
    return [
        Entry(
            one=one,
            label=one.label.in_(spoken()),
            count=counted.get(one.id, 0),
            waiting=wait.get(one.id, 0),
            returned=back.get(one.id, 0),
            may_enter=enters_somewhere(pack, one, actor.posts),
        )
        for one in types
    ]


def counts(stand: Standpoint, seen: Sight, ids: list[str], *, year: int) -> Mapping[str, int]:
    """Of a whole area by the totals; of parts of one, row by row."""
    if not stand.whole:
        inside = replace(seen, areas=tuple(area for area in seen.areas if stand.lineage.holds(stand.area, area)))
        return year_counts_in_sight(inside, ids, year=year)
    prefix = prefix_of(stand.area)
    found = year_counts(stand.counties, ids, year=year, length=len(prefix), lineage=stand.lineage)
    return {type_: n for (area, type_), n in found.items() if area == prefix}


def _grouped(pack: Pack, entries: list[Entry]) -> list[tuple[str, str, list[Entry]]]:
    """By clause, in the order of the plan: its chip, what it is about, and its types."""
    order = {row: number for number, row in enumerate(pack.rows)}
    groups: dict[str, list[Entry]] = {}
    for entry in sorted(entries, key=lambda entry: order.get(entry.one.row, 0)):
        groups.setdefault(pack.rows[entry.one.row].clause, []).append(entry)
    return [(found[0].one.row, _heading(pack, clause), found) for clause, found in groups.items()]


def _heading(pack: Pack, clause: str) -> str:
    found = pack.headings.get(clause)
    return found.in_(spoken()) if found else clause
