"""The tree changes (区划变更): by whoever keeps the areas, or at the keyboard; its duties are judged anew at once."""

from collections.abc import Iterable
from datetime import datetime

from shouwang.domains.areas.changing import Changed, change_areas, fits
from shouwang.domains.areas.services import Importer
from shouwang.domains.people.actor import Actor
from shouwang.kernel.decision import Decision, Reason
from shouwang.policy.area_changes import AreaChange
from shouwang.policy.areas import Refusal

from .judge_duties import judge_anew_soon
from .refusal import Refused
from .sight import areas_for, pack

IMPORT = "areas.import"


def change(actor: Actor, changes: Iterable[AreaChange], *, now: datetime) -> Changed:
    """Good rows are done, each bad one says why. Raises Refused for who keeps no areas."""
    return change_as(keeper(actor), changes, now=now)


def change_as(by: Importer, changes: Iterable[AreaChange], *, now: datetime) -> Changed:
    """By a keeper whose reach is known already, such as whoever runs commands on this machine."""
    done = change_areas(changes, by=by, at=now)
    for county in sorted({county for event in done.events for county in event.counties}):
        judge_anew_soon(county, now=now)
    return done


def would_fit(actor: Actor, one: AreaChange, *, now: datetime) -> list[Refusal]:
    """Why a change cannot be, for a form that shows it before it is confirmed."""
    return fits(one, by=keeper(actor), at=now)


def keeper(actor: Actor) -> Importer:
    """In which post, and for which areas, somebody keeps the tree. Raises Refused."""
    areas = areas_for(actor, IMPORT)
    if not areas:
        raise Refused(Decision(False, (Reason("not_held", {"action": IMPORT}),), (pack().actions[IMPORT],)))
    known = pack()
    post = next(one.kind for one in actor.posts if IMPORT in known.posts[one.kind].actions)
    return Importer(actor=actor.id, post=post, pack=known.version, areas=areas)
