"""The telephone at work (工作电话): told by whoever holds a post, or by whoever keeps the posts of the area.

It is sealed and shown by its last signs; in clear only to whoever must ring about an alarm, and that is on record.
"""

import re
from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from shouwang.domains.ledger.write import Stale
from shouwang.domains.people.actor import Actor
from shouwang.domains.people.contacts import PHONE, add_contact, end_contact, phones_of
from shouwang.domains.people.models import Person
from shouwang.domains.people.queries import person
from shouwang.domains.people.scopes import MANAGE, may_touch
from shouwang.domains.people.services import By

from .refusal import Moved, NotSeen, Unfit
from .sight import administering, areas_for, pack_for

# A mobile telephone, one with its area code, a short one of the house; with an extension.
NUMBER = re.compile(r"\+?[0-9]{3,15}(,[0-9]{1,6})?")
BETWEEN = str.maketrans("", "", " -()（）－—")


def own_phone(actor: Actor) -> str:
    """The last signs of one's own; empty where none is kept."""
    return hints_of(actor.county, [actor.id]).get(actor.id, "")


def hints_of(county: str, people: Collection[UUID]) -> Mapping[UUID, str]:
    """{person: the last signs of the telephone at work}, enough to see that it is kept."""
    return {who: one.hint for who, one in phones_of(county, people).items()}


def set_own_phone(actor: Actor, number: str, *, now: datetime) -> None:
    """Nothing typed takes it away. Raises NotSeen, Unfit, Moved."""
    own = person(actor.county, actor.id)
    if own is None:
        raise NotSeen(str(actor.id))
    _set(own, number, By(actor=actor.id, post="", pack=pack_for(own.region, now=now).version), now)


def set_phone_of(actor: Actor, county: str, person_id: UUID, number: str, *, now: datetime) -> None:
    """By whoever keeps the posts of the area. Raises NotSeen, Unfit, Moved."""
    found = person(county, person_id)
    if found is None or not may_touch(areas_for(actor, MANAGE), found.region):
        raise NotSeen(str(person_id))
    _set(found, number, administering(actor, MANAGE, found.region, now=now), now)


def _set(found: Person, number: str, by: By, now: datetime) -> None:
    said = number.strip().translate(BETWEEN).replace("转", ",").replace("，", ",")
    if said and not NUMBER.fullmatch(said):
        raise Unfit({"phone": _("A telephone number is made of digits, as 0433-2512345 or 13800000000.")})
    try:
        with transaction.atomic():
            before = phones_of(found.county, [found.id]).get(found.id)
            if before is not None:
                end_contact(before, by=by, at=now)
            if said:
                add_contact(PHONE, {"to": said}, by=by, at=now, person=found)
    except Stale:
        raise Moved(str(found.id)) from None
