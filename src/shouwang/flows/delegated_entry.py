"""Whoever was passed a task may enter the one record it asks for, of that body and period, and no other (委派录入)."""

from collections.abc import Iterator

from shouwang.domains.duties.delegations import given_to
from shouwang.domains.duties.models import Delegation
from shouwang.domains.people.actor import Actor
from shouwang.policy import Pack
from shouwang.policy.record_shapes import RecordType
from shouwang.rules.periods import lies_in, named

from .see_tasks import counties_of


def may_enter_for(actor: Actor, pack: Pack, one: RecordType, *, region: str, period: str | None) -> bool:
    """Whether an accepted delegation opens such a record of the body, for the period it says it is for."""
    return any(row.region == region and _for(pack, row, period) for row in _accepted(actor, pack, one))


def bodies_passed_on(actor: Actor, pack: Pack, one: RecordType) -> list[str]:
    """The bodies for which a person may enter records of a type because a task was passed on."""
    return sorted({row.region for row in _accepted(actor, pack, one)})


def _accepted(actor: Actor, pack: Pack, one: RecordType) -> Iterator[Delegation]:
    for row in given_to(actor.id, counties_of(actor)):
        duty = pack.duties.get(row.duty)
        if row.state == "accepted" and duty is not None and duty.evidence.kind == one.evidence:
            yield row


def _for(pack: Pack, row: Delegation, period: str | None) -> bool:
    """A record without a period of its own is timed by its day; the duty's frame decides whether it counts."""
    if not period or not row.period or period == row.period:
        return True
    if lies_in(pack, period, row.period):
        return True
    said, asked = named(pack, period), named(pack, row.period)
    return row.onward and said is not None and asked is not None and said.start > asked.start
