"""A person's deadlines in their own calendar (日历订阅): a secret address, made and ended by its owner."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from shouwang.domains.duties.acting import By
from shouwang.domains.duties.feeds import end_feed, feed_of, feeds_of, make_feed
from shouwang.domains.duties.lists import Task, Wanted, between, tasks
from shouwang.domains.people.actor import Actor
from shouwang.domains.people.holders import actor_of

from .refusal import NotSeen
from .see_ahead import Ahead, ahead
from .see_tasks import task_sight
from .sight import pack as current_pack

BACK, FORTH, MOST = timedelta(days=31), timedelta(days=366), 500


@dataclass(frozen=True, kw_only=True)
class Days:
    """Whose days, and what stands on them: tasks that stand, and those of periods to come."""

    actor: Actor
    tasks: list[Task]
    coming: list[Ahead]


def subscribe(actor: Actor, *, now: datetime) -> str:
    """A new address; the ones before it are ended, so that nobody has an old one without knowing."""
    for feed in feeds_of(actor.id, actor.county):
        end_feed(feed, by=_by(actor, now))
    return make_feed(actor.id, actor.county, by=_by(actor, now))


def unsubscribe(actor: Actor, *, now: datetime) -> None:
    """The address opens nothing any more. Raises NotSeen when there is none."""
    found = feeds_of(actor.id, actor.county)
    if not found:
        raise NotSeen("no calendar")
    for feed in found:
        end_feed(feed, by=_by(actor, now))


def subscribed_at(actor: Actor) -> datetime | None:
    return next((feed.made_at for feed in feeds_of(actor.id, actor.county)), None)


def days_of(token: str, *, now: datetime) -> Days:
    """What the address shows: the person's own tasks as they see them now. Raises NotSeen."""
    feed = feed_of(token)
    today = now.astimezone(current_pack().zone).date()
    actor = actor_of(feed.county, feed.person, on=today) if feed else None
    if actor is None:
        raise NotSeen("calendar")
    sight = task_sight(actor).mine()
    found = {one.id: one for one in tasks(sight, Wanted(verdicts=("overdue",)), limit=MOST).rows}
    found |= {one.id: one for one in between(sight, since=now - BACK, until=now + FORTH, most=MOST)}
    coming = ahead(actor, since=today, until=today + FORTH, now=now)
    return Days(actor=actor, tasks=list(found.values()), coming=coming[:MOST])


def _by(actor: Actor, now: datetime) -> By:
    post = actor.posts[0].kind if actor.posts else ""
    return By(actor=actor.id, post=post, at=now, pack=current_pack().version)
