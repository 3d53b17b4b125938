"""What another edition of a pack changes, and for whom (版本对比): in words, section by section."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeVar

from shouwang.policy.difference_telling import Facts, duty_facts, post_facts, record_facts, row_facts
from shouwang.policy.duty_shapes import Duty
from shouwang.policy.pack import Pack
from shouwang.policy.record_shapes import RecordType
from shouwang.policy.shapes import Row
from shouwang.policy.tables import Edition, Line
from shouwang.policy.text import Text
from shouwang.policy.values import Parameter, Value

Kind = Literal["new", "gone", "changed"]
T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class Change:
    """One thing that is another one: `whom` are the posts it concerns, `what` says it in words."""

    section: str
    id: str
    kind: Kind
    label: Text
    whom: tuple[str, ...]
    what: tuple[str, ...] = ()
    since: date | None = None


def difference(old: Pack, new: Pack) -> tuple[Change, ...]:
    """Every row, duty, value, table, record type and post that is not the same in both."""
    return (
        *_section("row", (old.rows, new.rows), row_facts, _row_label, _bearers(old, new)),
        *_section("duty", (old.duties, new.duties), duty_facts, lambda one: one.label, _of_duty),
        *_parameters(old, new),
        *_tables(old, new),
        *_section("record", (old.records, new.records), record_facts, lambda one: one.label, _of_record),
        *_section("post", (old.posts, new.posts), post_facts, lambda one: one.label, lambda one: (one.id,)),
    )


def _section(
    section: str,
    both: tuple[Mapping[str, T], Mapping[str, T]],
    facts: Callable[[T], Facts],
    label: Callable[[T], Text],
    whom: Callable[[T], tuple[str, ...]],
) -> Iterator[Change]:
    old, new = both
    for key in dict.fromkeys((*old, *new)):
        before, after = old.get(key), new.get(key)
        one = after if after is not None else before
        assert one is not None
        concerned = tuple(dict.fromkeys(post for x in (before, after) if x is not None for post in whom(x)))
        told = _told(facts(before), facts(after)) if before is not None and after is not None else ()
        kind: Kind = "new" if before is None else "gone" if after is None else "changed"
        if kind != "changed" or told:
            yield Change(section=section, id=key, kind=kind, label=label(one), whom=concerned, what=told)


def _told(before: Facts, after: Facts) -> tuple[str, ...]:
    names = dict.fromkeys((*before, *after))
    return tuple(
        f"{name}: {before.get(name, '') or '-'} -> {after.get(name, '') or '-'}"
        for name in names
        if before.get(name, "") != after.get(name, "")
    )


def _row_label(row: Row) -> Text:
    return row.title or row.where


def _bearers(old: Pack, new: Pack) -> Callable[[Row], tuple[str, ...]]:
    """A row concerns those who do the duties that serve it."""
    found: dict[str, dict[str, None]] = {}
    for duty in (*old.duties.values(), *new.duties.values()):
        for row in duty.rows_served:
            found.setdefault(row, {})[duty.performer] = None
    return lambda row: tuple(found.get(row.id, ()))


def _of_duty(duty: Duty) -> tuple[str, ...]:
    return (duty.performer, duty.verifier)


def _of_record(record: RecordType) -> tuple[str, ...]:
    return (*record.enters, *record.verifies)


def _parameters(old: Pack, new: Pack) -> Iterator[Change]:
    """A value concerns its keeper, and those who do what leans on it."""
    users = _users(old, new)
    for key in dict.fromkeys((*old.parameters, *new.parameters)):
        before, after = old.parameters.get(key), new.parameters.get(key)
        one = after or before
        assert one is not None
        days = _days(before, after)
        if before is not None and after is not None and not days:
            continue
        kind: Kind = "new" if before is None else "gone" if after is None else "changed"
        yield Change(
            section="parameter",
            id=key,
            kind=kind,
            label=one.label,
            whom=tuple(dict.fromkeys((one.keeper, *users.get(key, ())))),
            what=tuple(text for _day, text in days),
            since=days[0][0] if days else None,
        )


def _users(old: Pack, new: Pack) -> dict[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = {}
    for duty in (*old.duties.values(), *new.duties.values()):
        proof = duty.evidence
        named = (duty.deadline.parameter, duty.deadline.grace, proof.least, proof.times, *proof.reaching.values())
        for name in named:
            if isinstance(name, str):
                found.setdefault(name, {})[duty.performer] = None
    return {name: tuple(posts) for name, posts in found.items()}


def _days(before: Parameter | None, after: Parameter | None) -> list[tuple[date, str]]:
    """Every day from which on the value is another one: what stood then, and what stands now."""
    sides = [one.values if one is not None else () for one in (before, after)]
    days = sorted({value.since for values in sides for value in values if value.since is not None})
    unit = (after or before).unit  # type: ignore[union-attr]  # one of them is there
    found, last = [], None
    for day in days:
        stood, stands = (one.on(day) if one is not None else None for one in (before, after))
        said = f"{_value(stood, unit)} -> {_value(stands, unit)}"
        if _same(stood, stands):
            last = None
        elif said != last:
            found.append((day, f"from {day}: {said}"))
            last = said
    return found


def _same(one: Value | None, other: Value | None) -> bool:
    told = [(v.value, v.provenance, v.source) if v is not None else None for v in (one, other)]
    return told[0] == told[1]


def _value(value: Value | None, unit: str) -> str:
    if value is None:
        return "-"
    if not value.is_set:
        return "unset"
    origin = f"{value.provenance}, {value.source}" if value.source else value.provenance
    return f"{value.value} {unit} ({origin})"


def _tables(old: Pack, new: Pack) -> Iterator[Change]:
    for key in dict.fromkeys((*old.tables, *new.tables)):
        before, after = old.tables.get(key), new.tables.get(key)
        one = after or before
        assert one is not None
        editions = tuple(_editions(before.editions if before else (), after.editions if after else ()))
        kind: Kind = "new" if before is None else "gone" if after is None else "changed"
        if kind != "changed" or editions:
            yield Change(section="table", id=key, kind=kind, label=one.label, whom=(one.keeper,), what=editions)


def _editions(before: Iterable[Edition], after: Iterable[Edition]) -> Iterator[str]:
    old, new = ({one.since: one for one in side} for side in (before, after))
    for since in sorted({*old, *new}):
        if since not in old:
            yield f"edition in force from {since}: new, {len(new[since].lines)} rows"
        elif since not in new:
            yield f"edition in force from {since}: gone"
        else:
            yield from (f"edition {since}, {text}" for text in _lines(old[since], new[since]))


def _lines(before: Edition, after: Edition) -> Iterator[str]:
    if before.until != after.until:
        yield f"in force until {before.until or 'further notice'} -> {after.until or 'further notice'}"
    if before.unset != after.unset:
        yield "waits to be entered" if after.unset else "is entered now"
    old, new = ({line.id: line for line in one.lines} for one in (before, after))
    for key in dict.fromkeys((*old, *new)):
        if key not in new:
            yield f"row {key}: gone"
        elif key not in old:
            yield f"row {key}: new, {_line(new[key])}"
        elif _line(old[key]) != _line(new[key]):
            yield f"row {key}: {_line(old[key])} -> {_line(new[key])}"


def _line(line: Line) -> str:
    asked = ", ".join(f"{name} {cell.text}" for name, cell in line.cells.items() if not cell.is_any)
    said = ", ".join(f"{name} {value}" for name, value in line.then.items())
    return f"{asked or 'always'} = {said} ({line.provenance}, {line.source}, row {line.clause})"
