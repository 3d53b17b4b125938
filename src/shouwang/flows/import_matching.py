"""Rows of a table find their places (导入比对): a body and other areas, each by its name or its code."""

from collections.abc import Mapping, Sequence
from datetime import date

from shouwang.domains.areas.queries import Place, bodies, named_anyhow
from shouwang.domains.people.actor import Actor
from shouwang.kernel.codes import county_of
from shouwang.kernel.decision import Reason
from shouwang.policy import Pack
from shouwang.policy.record_shapes import RecordType
from shouwang.rules.named_areas import Known, area_meant, code_in, known
from shouwang.rules.scope import minimal

# All bodies of a prefecture, and then some.
MOST = 5000


def bodies_of(pack: Pack, kind: RecordType, actor: Actor, *, on: date) -> list[Place]:
    """The bodies a person may enter records of a type for."""
    areas = [area for post in actor.posts if post.kind in kind.enters for area in post.territory]
    return bodies(minimal(areas), levels=kind.levels, kinds=kind.kinds, on=on, limit=MOST)


def known_bodies(places: Sequence[Place]) -> Known:
    return known((place.code, (place.zh, place.ko)) for place in places)


def body_meant(cell: str, among: Known, *, kind: RecordType) -> str | Reason:
    """The body a row is for; left blank, the only one there is."""
    if cell:
        return area_meant(cell, among)
    if len(among.codes) == 1:
        return next(iter(among.codes))
    return Reason("body_missing", {"record": kind.id})


def areas_meant(kind: RecordType, rows: Sequence[Mapping[str, object]], *, own: Known) -> Known:
    """Every area the cells of area fields name, by code or by name in the person's counties, in one statement."""
    cells = {str(raw[name]).strip() for raw in rows for name in _area_fields(kind) if raw.get(name)}
    if not cells:
        return Known()
    words, counties = {code_in(cell) or cell for cell in cells}, {county_of(code) for code in own.codes}
    return known((place.code, (place.zh, place.ko)) for place in named_anyhow(words, counties=counties))


def with_codes(kind: RecordType, raw: Mapping[str, object], among: Known) -> dict[str, object]:
    """A row whose area fields hold codes; what is no area stays as it was typed, for the check to refuse."""
    told = dict(raw)
    for name in _area_fields(kind):
        if raw.get(name) and isinstance(meant := area_meant(raw[name], among), str):
            told[name] = meant
    return told


def _area_fields(kind: RecordType) -> list[str]:
    return [name for name, told in kind.fields.items() if told.type == "area"]
