"""What a body of a level answers for, row by row and in our words: the contents of a responsibility letter (责任书)."""

from datetime import date

from msgspec import Struct

from shouwang.policy.duty_shapes import Duty
from shouwang.policy.manual_telling import when
from shouwang.policy.pack import Pack
from shouwang.policy.text import Text


class Commitment(Struct, frozen=True):
    """A row of the plan the body answers for; `when` tells each of its duties' time once."""

    row: str
    title: Text
    text: Text | None
    when: tuple[Text, ...]


class Section(Struct, frozen=True):
    """The commitments under one clause of the plan."""

    where: Text
    items: tuple[Commitment, ...]


def commitments(pack: Pack, level: str, kind: str, *, on: date) -> tuple[Section, ...]:
    """Only what the plan demands of such a body itself, in the order of the plan; a kind left open owes all."""
    owed: dict[str, list[Duty]] = {}
    for duty in pack.duties.values():
        if duty.can_fail and duty.bearer.level == level and _fits(duty, kind):
            owed.setdefault(duty.row, []).append(duty)
    found: dict[str, list[Commitment]] = {}
    for row in (row for row in pack.rows if row in owed):
        found.setdefault(pack.rows[row].clause, []).append(_commitment(pack, row, owed[row], on))
    return tuple(Section(where=pack.rows[items[0].row].where, items=tuple(items)) for items in found.values())


def _fits(duty: Duty, kind: str) -> bool:
    """Departments, grids and units answer for their own duties, not the government of their area."""
    bearer = duty.bearer
    return bearer.department is None and (not kind or not bearer.kinds or kind in bearer.kinds)


def _commitment(pack: Pack, row: str, duties: list[Duty], on: date) -> Commitment:
    told = pack.rows[row]
    title = told.title or duties[0].label
    times = tuple(dict.fromkeys(when(pack, duty, on=on) for duty in duties))
    return Commitment(row=row, title=title, text=told.text, when=times)
