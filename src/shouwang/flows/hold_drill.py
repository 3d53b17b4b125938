"""A drill with its roll (演练名册): one form; the record of the drill is written from it, no number is typed."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from shouwang.domains.people.actor import Actor
from shouwang.domains.volunteers import services
from shouwang.domains.volunteers.models import Group
from shouwang.domains.volunteers.queries import members_of, took_part
from shouwang.kernel.codes import covered
from shouwang.policy import Pack

from .enter_record import Entry, enter_record
from .refusal import NotSeen, Unfit
from .sight import pack_for
from .volunteer_groups import kept_group

# What residents practise, as the record of a drill calls it.
KINDS, RESIDENTS = ("first_fire", "evacuation"), "residents"


@dataclass(frozen=True, kw_only=True)
class Drill:
    """What is told of a drill: `present` are the ids of members that took part."""

    key: str
    kind: str
    on: str
    topic: str
    present: Sequence[str]
    went_well: bool = False


def drills_here(pack: Pack) -> bool:
    return bool(pack.wiring.records.drill)


def hold_drill(actor: Actor, group_id: UUID, told: Drill, *, now: datetime) -> UUID:
    """The record of the drill. Raises NotSeen, Unfit, Refused, KeyReused."""
    group, by = kept_group(actor, group_id, now=now)
    pack = pack_for(group.region, now=now)
    if not drills_here(pack):
        raise NotSeen(str(group_id))
    present = [one for one in members_of(group) if str(one.id) in told.present]
    faults = {} if present else {"present": _("Tick who took part.")}
    if told.kind not in KINDS:
        faults["kind"] = _("Choose one of these.")
    if faults:
        raise Unfit(faults)
    values = {
        "held_on": told.on, "kind": told.kind, "who": [RESIDENTS], "topic": told.topic, "people": str(len(present)),
        # Whoever fills in the roll was there; whether they are of the grid, their post says.
        "grid_present": _of_the_grid(actor, group, pack), "passed": told.went_well,
    }  # fmt: skip
    done = enter_record(actor, _entry(pack, group, told, values), now=now)
    # A stop between the two leaves a record without its roll: the phone sends again, and the roll is kept then.
    if not took_part(group.county, done.id):
        with suppress(IntegrityError), transaction.atomic():
            services.keep_roll(done.id, present, region=group.region, by=by)
    return done.id


def _of_the_grid(actor: Actor, group: Group, pack: Pack) -> bool:
    grid = pack.wiring.departments.grid
    return any(post.department == grid and covered(post.territory, group.region) for post in actor.posts)


def _entry(pack: Pack, group: Group, told: Drill, values: dict[str, object]) -> Entry:
    return Entry(key=told.key, type=pack.wiring.records.drill, region=group.region, values=values)
