"""Acts on groups: each is one transaction and one ledger line; no line says who is in one."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import models, transaction

from shouwang.domains.ledger import acts
from shouwang.domains.ledger.acts import before, keep, keep_many
from shouwang.domains.ledger.alone import Task, in_turn
from shouwang.domains.ledger.minting import mint, salt
from shouwang.domains.ledger.write import Stale

from .events import ROOM, standing
from .models import Answer, Attendance, Call, Group, Member
from .queries import members_of

Also = Sequence[models.Model]


@dataclass(frozen=True, kw_only=True)
class By(acts.By):
    """Who acts, and in which type of record the pack counts such groups; none where it does not."""

    counted: str = ""


def found_group(group: Group, *, by: By, also: Also = ()) -> None:
    """A group nobody is in yet proves nothing. Raises IntegrityError where the key was used."""
    keep(by.act(ROOM, "found", region=group.region), subject=group, also=also)


def _in_turn(group: Group) -> None:
    """Its proof is told from what stands now; nobody else tells it meanwhile. Raises Stale where it has ended."""
    in_turn(Task.GATHER, group.county)
    group.refresh_from_db()
    if group.ended_at is not None:
        raise Stale


def add_member(group: Group, member: Member, *, by: By, also: Also = ()) -> None:
    """Raises Stale, and IntegrityError where the person or home is in it already, or the key was used."""
    with transaction.atomic():
        _in_turn(group)
        known = members_of(group)
        proof = standing(group, [*known, member], by.counted, at=by.at, amends=bool(known))
        keep(by.act(ROOM, "add", region=group.region), subject=member, enclosed=proof, also=also)


def take_out(group: Group, member: Member, *, by: By) -> None:
    """What named the member goes; that somebody was in the group stays. Raises Stale."""
    with transaction.atomic():
        _in_turn(group)
        rest = [one for one in members_of(group) if one.id != member.id]
        stood = before(member, "ended_at")
        member.ended_at, member.told = by.at, b""
        proof = standing(group, rest, by.counted, at=by.at, amends=True)
        act = by.act(ROOM, "take_out", region=group.region)
        keep(act, subject=member, changed=(stood, ("ended_at", "told")), enclosed=proof)


def check_group(group: Group, *, posted: bool, by: By) -> None:
    """It is still so. Raises Stale."""
    with transaction.atomic():
        _in_turn(group)
        stood = before(group, "checked_at")
        group.checked_at, group.posted = by.at, posted
        proof = standing(group, members_of(group), by.counted, at=by.at, amends=True)
        act = by.act(ROOM, "check", region=group.region)
        keep(act, subject=group, changed=(stood, ("checked_at", "posted")), enclosed=proof)


def end_group(group: Group, *, by: By) -> None:
    """What named its members goes with it. Raises Stale."""
    with transaction.atomic():
        _in_turn(group)
        for member in members_of(group):
            take_out(group, member, by=by)
        stood = before(group, "ended_at")
        group.ended_at = by.at
        proof = standing(group, (), by.counted, at=by.at, amends=True)
        keep(by.act(ROOM, "end", region=group.region), subject=group, changed=(stood, ("ended_at",)), enclosed=proof)


def call(made: Call, *, by: By, also: Also = ()) -> None:
    keep(by.act(ROOM, "call", region=made.region), subject=made, also=also)


def end_call(made: Call, *, by: By) -> None:
    """Raises Stale."""
    stood = before(made, "ended_at")
    made.ended_at = by.at
    keep(by.act(ROOM, "end_call", region=made.region), subject=made, changed=(stood, ("ended_at",)))


def answer(made: Call, member: Member, *, comes: bool, known: Answer | None, by: By) -> None:
    """Raises IntegrityError or Stale where the same member answered at the same moment."""
    act = by.act(ROOM, "answer", region=made.region)
    if known is None:
        row = Answer(
            id=mint(by.at), county=made.county, region=made.region, salt=salt(), call=made, member=member, comes=comes,
            at=by.at,
        )  # fmt: skip
        keep(act, subject=row)
        return
    stood = before(known, "at")
    known.comes, known.at = comes, by.at
    keep(act, subject=known, changed=(stood, ("comes", "at")))


def keep_roll(drill: UUID, members: Sequence[Member], *, region: str, by: By) -> None:
    """Who took part in a drill. Raises IntegrityError where the roll is kept already."""
    rows = [
        Attendance(id=mint(by.at), county=region[:6], region=region, salt=salt(), drill=drill, member=one)
        for one in members
    ]
    keep_many(by.act(ROOM, "roll", region=region), object_id=drill, subjects=rows)
