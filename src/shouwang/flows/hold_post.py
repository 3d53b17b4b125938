"""Posts are given and ended (任职登记): by whoever manages the accounts of the area, never for an area of others."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from shouwang.domains.people.actor import Actor
from shouwang.domains.people.misfit import Misfit
from shouwang.domains.people.models import Post
from shouwang.domains.people.queries import account, post
from shouwang.domains.people.scopes import MANAGE, may_touch
from shouwang.domains.people.services import appoint, end_post
from shouwang.kernel.codes import is_region
from shouwang.kernel.decision import Decision, Reason

from .refusal import NotSeen, Refused, Unfit
from .sight import administering, areas_for, pack, pack_for


@dataclass(frozen=True, kw_only=True)
class Appointment:
    """Who takes up which post of which body, from when, and until when if that is known."""

    login: str
    kind: str
    region: str
    since: date
    department: str = ""
    until: date | None = None


def appoint_to(actor: Actor, asked: Appointment, *, now: datetime) -> Post:
    """The post covers the body's own area. Raises Refused, Unfit."""
    _manages(actor, asked.region)
    person = account(asked.login)
    if person is None or not may_touch(areas_for(actor, MANAGE), person.region):
        raise Unfit({"login": _("There is no such account in your area.")})
    kind = pack_for(asked.region, now=now).posts.get(asked.kind)
    try:
        return appoint(
            person,
            kind=asked.kind,
            department=asked.department or (kind.department if kind and kind.department else ""),
            region=asked.region,
            territory=(asked.region,),
            since=asked.since,
            until=asked.until,
            by=administering(actor, MANAGE, asked.region, now=now),
            at=now,
        )
    except Misfit as no:
        raise Unfit({no.field: no.reason}) from None


def release(actor: Actor, county: str, post_id: UUID, *, last_day: date, now: datetime) -> Post:
    """The post is held to the end of a day. Raises NotSeen, Unfit."""
    held = post(county, post_id)
    if held is None or not may_touch(areas_for(actor, MANAGE), held.region):
        raise NotSeen
    try:
        end_post(held, last_day=last_day, by=administering(actor, MANAGE, held.region, now=now), at=now)
    except Misfit as no:
        raise Unfit({no.field: no.reason}) from None
    return held


def _manages(actor: Actor, region: str) -> None:
    if not is_region(region) or not may_touch(areas_for(actor, MANAGE), region):
        raise Refused(Decision(False, (Reason("not_held", {"action": MANAGE}),), (pack().actions[MANAGE],)))
