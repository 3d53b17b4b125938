"""A person at risk is read in clear (查看明文): with a reason, and the looking itself stands in the ledger.

On an alarm the crew is told what saves a life and nothing else; that too is on record.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from shouwang.domains.households.models import Home
from shouwang.domains.households.queries import people_of, person
from shouwang.domains.households.sealed_fields import told_of
from shouwang.domains.households.services import unmask
from shouwang.domains.ledger.acts import By
from shouwang.domains.people.actor import Actor

from .households_sight import LOOKING, by_of, home_sight
from .refusal import NotSeen, Unfit, too_long
from .sight import pack_for

LEAST, MOST = 2, 200
ALARM = "alarm"


def unmask_person(actor: Actor, resident_id: UUID, *, reason: str, now: datetime) -> Mapping[str, str]:
    """Everything told of a person, in clear. Raises NotSeen, Unfit, Refused."""
    found = person(home_sight(actor), resident_id)
    if found is None:
        raise NotSeen(str(resident_id))
    pack, why = pack_for(found.region, now=now), reason.strip()
    by = by_of(actor, LOOKING, found.region, pack=pack, now=now)
    if fault := too_long(why, MOST):
        raise Unfit({"reason": fault})
    if len(why) < LEAST:
        raise Unfit({"reason": _("Say in a few words why you must know.")})
    told = told_of(found)
    unmask(found, list(told), reason=why, by=by)
    return told


def what_saves_a_life(homes: Iterable[Home], *, by: By, now: datetime) -> Mapping[UUID, Sequence[Mapping[str, str]]]:
    """{home: what a crew must know of each person in it}; no name, no illness by its name."""
    found: dict[UUID, list[Mapping[str, str]]] = {}
    for home in homes:
        saving = {one.id for one in pack_for(home.region, now=now).person_fields.values() if one.saves}
        for resident in people_of(home):
            told = {name: value for name, value in told_of(resident).items() if name in saving}
            unmask(resident, list(told), reason=ALARM, by=by)
            found.setdefault(home.id, []).append(told)
    return found
