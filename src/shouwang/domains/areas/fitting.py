"""Whether a change of areas fits the tree that stands: each no names the field and the reason."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from shouwang.kernel.codes import Level, covered, level_of, parent_of
from shouwang.policy.area_changes import ABOVE, AreaChange, NewUnit
from shouwang.policy.area_kinds import KINDS_AT, AreaKind
from shouwang.policy.areas import Refusal

from .models import Area


@dataclass(frozen=True, kw_only=True)
class Tree:
    """As much of the tree as a change speaks of, and the areas its author keeps."""

    held: Mapping[str, Area]
    areas: tuple[str, ...]
    today: date

    def kind_above(self, code: str) -> AreaKind | None:
        above = self.held.get(parent_of(code) or "")
        return AreaKind(above.kind) if above else None


def against(change: AreaChange, tree: Tree) -> list[Refusal]:
    """Why it cannot be; empty when it can."""
    found = [*_of_units(change, tree)]
    if found:
        return found
    return list(_BY_ACT[change.act](change, tree))


def _of_units(change: AreaChange, tree: Tree) -> Iterator[Refusal]:
    if change.act not in ("merge",) and len(change.codes) > 1:
        yield _no(change, "code", "one_at_a_time")
    for code in change.codes:
        if not covered(tree.areas, code):
            yield _no(change, "code", "outside_territory", code=code)
        elif code not in tree.held:
            yield _no(change, "code", "not_on_record", code=code)
        elif (until := tree.held[code].until) is not None:
            yield _no(change, "code", "ended_already", code=code, day=until.isoformat())
        elif (since := tree.held[code].since) is not None and since >= change.since:
            yield _no(change, "since", "before_it_was", code=code, day=since.isoformat())


def _merge(change: AreaChange, tree: Tree) -> Iterator[Refusal]:
    into = change.into
    if not into:
        yield _no(change, "into", "missing")
    elif into in change.codes:
        yield _no(change, "into", "into_itself")
    elif not covered(tree.areas, into):
        yield _no(change, "into", "outside_territory", code=into)
    elif any(level_of(code) is not level_of(into) for code in change.codes):
        yield _no(change, "into", "level_differs", code=into)
    elif into in tree.held and tree.held[into].until is not None:
        yield _no(change, "into", "ended_already", code=into, day=str(tree.held[into].until))
    elif into not in tree.held:
        yield from _new(change, NewUnit(code=into, zh=change.zh, ko=change.ko, kind=change.kind), tree, "into")


def _split(change: AreaChange, tree: Tree) -> Iterator[Refusal]:
    (origin,), codes = change.codes, [part.code for part in change.parts]
    fresh = [part for part in change.parts if part.code != origin]
    if not fresh or (origin not in codes and len(codes) < 2):
        yield _no(change, "parts", "too_few_parts")
    if len(set(codes)) < len(codes):
        yield _no(change, "parts", "part_twice")
    if any(level_of(code) is not level_of(origin) for code in codes):
        yield _no(change, "parts", "level_differs", code=origin)
        return
    for part in fresh:
        if part.code in tree.held:
            yield _no(change, "parts", "taken_already", code=part.code)
        else:
            yield from _new(change, part, tree, "parts")
    if origin not in codes and change.successor not in (*codes, ABOVE):
        yield _no(change, "successor", "no_successor")
    if origin in codes and change.successor not in ("", origin):
        yield _no(change, "successor", "successor_stays", code=origin)


def _rename(change: AreaChange, tree: Tree) -> Iterator[Refusal]:
    held = tree.held[change.codes[0]]
    if not change.zh and not change.ko:
        yield _no(change, "zh", "missing")
    elif (change.zh or held.zh, change.ko or held.ko) == (held.zh, held.ko):
        yield _no(change, "zh", "same_name", value=held.zh)
    yield from _on_its_day(change, tree)


def _rerank(change: AreaChange, tree: Tree) -> Iterator[Refusal]:
    code, held = change.codes[0], tree.held[change.codes[0]]
    if change.kind is None:
        yield _no(change, "kind", "missing")
    elif change.kind not in KINDS_AT[level_of(code)]:
        yield _no(change, "kind", "kind_not_here", code=code)
    elif change.into:
        if change.into in tree.held:
            yield _no(change, "into", "taken_already", code=change.into)
        elif level_of(change.into) is not level_of(code):
            yield _no(change, "into", "level_differs", code=code)
        else:
            unit = NewUnit(code=change.into, zh=change.zh or held.zh, ko=change.ko, kind=change.kind)
            yield from _new(change, unit, tree, "into")
    else:
        if change.kind == held.kind:
            yield _no(change, "kind", "same_kind")
        yield from _on_its_day(change, tree)


def _on_its_day(change: AreaChange, tree: Tree) -> Iterator[Refusal]:
    """Without a new code a unit has one name and kind at a time, the present one."""
    if change.since > tree.today:
        yield _no(change, "since", "not_yet", day=change.since.isoformat())


def _new(change: AreaChange, unit: NewUnit, tree: Tree, name: str) -> Iterator[Refusal]:
    """A unit that comes into being needs a place in the tree, a name and a kind."""
    if not covered(tree.areas, unit.code):
        yield _no(change, name, "outside_territory", code=unit.code)
    elif level_of(unit.code) is not Level.PREFECTURE and (parent_of(unit.code) or "") not in tree.held:
        yield _no(change, name, "no_parent", code=parent_of(unit.code) or "")
    if not unit.zh:
        yield _no(change, name, "name_needed", code=unit.code)
    elif (kind := unit.kind_under(tree.kind_above(unit.code))) is None:
        yield _no(change, "kind", "kind_unclear", value=unit.zh)
    elif kind not in KINDS_AT[level_of(unit.code)]:
        yield _no(change, "kind", "kind_not_here", code=unit.code)


_BY_ACT = {"merge": _merge, "split": _split, "rename": _rename, "rerank": _rerank}


def _no(change: AreaChange, field: str, reason: str, **params: str) -> Refusal:
    return Refusal(line=change.line, field=field, reason=reason, params=params)
