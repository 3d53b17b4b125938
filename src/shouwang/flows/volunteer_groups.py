"""Groups of neighbours (志愿小组、多户联防): founded, joined, left, looked over; each counts itself for its record."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError
from django.utils.translation import gettext as _

from shouwang.domains.households.queries import marked
from shouwang.domains.households.queries import marks_of as marks_of_homes
from shouwang.domains.ledger.idempotency import done_before, key_row
from shouwang.domains.ledger.minting import mint, salt
from shouwang.domains.people.actor import Actor
from shouwang.domains.people.holders import Holder, holders_within
from shouwang.domains.volunteers import services
from shouwang.domains.volunteers.events import DEFENCE, VOLUNTEERS
from shouwang.domains.volunteers.models import Group, Member
from shouwang.domains.volunteers.names import sealed
from shouwang.domains.volunteers.queries import members_of, one
from shouwang.domains.volunteers.scopes import KEEP, Sight
from shouwang.domains.volunteers.services import By
from shouwang.kernel.codes import Level, county_of, covers, is_region, level_of
from shouwang.kernel.decision import Decision, Reason
from shouwang.policy import Pack

from .households_sight import home_sight, needed, secret_mark
from .refusal import NotSeen, Refused, Unfit, key_fault, too_long
from .see_tasks import counties_of
from .sight import areas_for, pack_for, post_with, spelt_out

KEEPING, KINDS = KEEP, (VOLUNTEERS, DEFENCE)
ROLES = ("leader", "of_building", "of_unit", "member")
LONGEST = {"name": 40, "phone": 30, "mark": 20}
MOST, VILLAGE = 300, 12


@dataclass(frozen=True, kw_only=True)
class NewGroup:
    """What is told of a group; `key` is minted where it was entered."""

    key: str
    region: str
    kind: str
    name: str
    buildings: str = ""


@dataclass(frozen=True, kw_only=True)
class NewMember:
    """A `person` in a post here, a home by its door `mark`, or a `name` and telephone."""

    key: str
    role: str
    person: str = ""
    mark: str = ""
    name: str = ""
    phone: str = ""


def group_sight(actor: Actor, action: str = KEEP) -> Sight:
    areas = tuple(spelt_out(areas_for(actor, action)))
    return Sight(areas=areas, viewer=actor.id, counties=tuple(counties_of(actor)))


def kept_group(actor: Actor, group_id: UUID, *, now: datetime) -> tuple[Group, By]:
    """A group the person keeps, not one they are only in. Raises NotSeen, Refused."""
    group = one(group_sight(actor), group_id)
    if group is None:
        raise NotSeen(str(group_id))
    return group, by_of(actor, group.region, group.kind, pack=pack_for(group.region, now=now), now=now)


def found_group(actor: Actor, told: NewGroup, *, now: datetime) -> UUID:
    """Raises Unfit, Refused, KeyReused."""
    _check(told)
    by, found = by_of(actor, told.region, told.kind, pack=pack_for(told.region, now=now), now=now), mint(now)
    group = Group(
        id=found, county=county_of(told.region), region=told.region, salt=salt(), kind=told.kind, name=told.name,
        buildings=int(told.buildings or 0), posted=False, entered_at=now, checked_at=now,
    )  # fmt: skip
    fingerprint = secret_mark("group", {name: value for name, value in vars(told).items() if name != "key"})
    key = key_row(told.key, region=told.region, actor=actor.id, fingerprint=fingerprint, object_id=found, at=now)
    try:
        services.found_group(group, by=by, also=[key])
    except IntegrityError:
        done = done_before(told.key, county=group.county, actor=actor.id, fingerprint=fingerprint)
        if done is None:
            raise
        return done
    return found


def add_member(actor: Actor, group_id: UUID, told: NewMember, *, now: datetime) -> UUID:
    """Raises NotSeen, Unfit, Refused, KeyReused."""
    group, by = kept_group(actor, group_id, now=now)
    found = mint(now)
    person, home = _who(actor, group, told, now=now)
    member = Member(
        id=found, county=group.county, region=group.region, salt=salt(), group=group, role=told.role, person=person,
        home=home, told=b"" if person else sealed(found, {"name": told.name, "phone": told.phone}), entered_at=now,
    )  # fmt: skip
    said = {name: value for name, value in vars(told).items() if name != "key"} | {"group": str(group.id)}
    fingerprint = secret_mark("member", said)
    key = key_row(told.key, region=group.region, actor=actor.id, fingerprint=fingerprint, object_id=found, at=now)
    try:
        services.add_member(group, member, by=by, also=[key])
    except IntegrityError:
        done = done_before(told.key, county=group.county, actor=actor.id, fingerprint=fingerprint)
        if done is None:
            raise Unfit({"person" if person else "mark": _("Is in this group already.")}) from None
        return done
    return found


def take_out(actor: Actor, group_id: UUID, member_id: UUID, *, now: datetime) -> None:
    """Raises NotSeen, Refused, Stale."""
    group, by = kept_group(actor, group_id, now=now)
    member = next((one for one in members_of(group) if one.id == member_id), None)
    if member is None:
        raise NotSeen(str(member_id))
    services.take_out(group, member, by=by)


def check_group(actor: Actor, group_id: UUID, *, posted: bool, now: datetime) -> None:
    """It is still so, and what hangs in the building is there. Raises NotSeen, Refused, Stale."""
    group, by = kept_group(actor, group_id, now=now)
    services.check_group(group, posted=posted, by=by)


def end_group(actor: Actor, group_id: UUID, *, now: datetime) -> None:
    """Raises NotSeen, Refused, Stale."""
    group, by = kept_group(actor, group_id, now=now)
    services.end_group(group, by=by)


def people_near(actor: Actor, group: Group, *, now: datetime) -> Sequence[Holder]:
    """Who holds a post in the village of a group, for the list to choose from."""
    today = now.astimezone(pack_for(group.region, now=now).zone).date()
    found = holders_within(group.region[:VILLAGE], on=today, limit=MOST)
    return list({one.person: one for one in found}.values())


def marks_of(members: Sequence[Member]) -> Mapping[UUID | None, str]:
    """{home: its door mark} of the homes of a group."""
    homes = [one.home for one in members if one.home]
    return {**marks_of_homes(members[0].county, homes)} if homes else {}


def by_of(actor: Actor, region: str, kind: str, *, pack: Pack, now: datetime) -> By:
    """Raises Refused."""
    post = post_with(actor, KEEP, region, pack=pack)
    if post is None:
        raise Refused(Decision(False, (Reason("not_held", {"action": KEEP}),), (pack.actions[KEEP],)))
    counted = pack.wiring.records.defence if kind == DEFENCE else pack.wiring.records.volunteers
    clause = pack.records[counted].row if counted else pack.actions[KEEP]
    return By(actor=actor.id, post=post.kind, at=now, pack=pack.version, clause=clause, counted=counted)


def _who(actor: Actor, group: Group, told: NewMember, *, now: datetime) -> tuple[UUID | None, UUID | None]:
    """The person and the home that are meant. Raises Unfit."""
    faults = {name: fault for name, most in LONGEST.items() if (fault := too_long(getattr(told, name), most))}
    if fault := key_fault(told.key):
        faults["key"] = fault
    if told.role not in ROLES:
        faults["role"] = _("Choose one of these.")
    person = next((one.person for one in people_near(actor, group, now=now) if str(one.person) == told.person), None)
    if told.person and person is None:
        faults["person"] = _("Nobody here holds a post under this name.")
    homes = [] if not told.mark or faults else marked(home_sight(actor), [told.mark])
    homes = [home for home in homes if covers(group.region, home.region)]
    if told.mark and len(homes) != 1 and "mark" not in faults:
        faults["mark"] = _("No home of yours there has this mark.")
    if not (told.person or told.mark or told.name):
        faults["name"] = _("Say who it is.")
    if len(members_of(group)) >= MOST:
        faults["name"] = _("At most %(n)s in a group.") % {"n": MOST}
    if faults:
        raise Unfit(faults)
    return person, homes[0].id if homes else None


def _check(told: NewGroup) -> None:
    faults = {"key": fault} if (fault := key_fault(told.key)) else {}
    if not (is_region(told.region) and level_of(told.region) in (Level.VILLAGE, Level.GRID)):
        faults["region"] = _("This is not an area code.")
    if told.kind not in KINDS:
        faults["kind"] = _("Choose one of these.")
    if not told.name:
        faults["name"] = needed()
    elif fault := too_long(told.name, 80):
        faults["name"] = fault
    if told.buildings and not (told.buildings.isdecimal() and int(told.buildings) <= MOST):
        faults["buildings"] = _("A whole number up to %(n)s.") % {"n": MOST}
    if faults:
        raise Unfit(faults)
