"""Posts as evidence (任职佐证): announced when a term has begun, taken back when it is over, each exactly once.

Terms begin and end by themselves, so what no act could announce in time is announced when its day has come;
posts given before posts were announced are found in the same way. A deputy holds a copy of a post, not a post.
"""

from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from shouwang.domains.ledger.acts import Act, keep_batch
from shouwang.domains.ledger.alone import Task, alone
from shouwang.domains.ledger.events import evidence
from shouwang.domains.ledger.minting import mint
from shouwang.domains.ledger.models import Evidence
from shouwang.domains.ledger.queries import advance, reached
from shouwang.kernel.digest import canonical
from shouwang.policy import Pack

from .events import APPOINTED, WITHDRAWN
from .models import Post

READER = "people.terms"
DAY = timedelta(days=1)


def held(post: Post, day: date) -> bool:
    """Whether the post is a principal's and its term holds on a day."""
    return post.deputy_of is None and post.since <= day and (post.until is None or day <= post.until)


def announced(post: Post, *, was_held: bool, at: datetime) -> list[Evidence]:
    """The evidence an act on a post is: what changed by it on the day of the act."""
    is_held = held(post, timezone.localtime(at).date())
    if is_held == was_held:
        return []
    return [_given(post, at) if is_held else _over(post, at)]


def tend_terms(county: str, *, pack: Pack, now: datetime) -> int:
    """Once a day: announce the terms that have begun, take back those that are over. Returns how many."""
    today = timezone.localtime(now).date()
    if reached(county, READER) == today.toordinal():
        return 0
    with transaction.atomic():
        if not alone(Task.TERMS, county):
            return 0
        rows = _unannounced(county, today, now)
        if rows:
            told = {"pack": pack.version, "clause": pack.wiring.clauses.posts}
            act = Act(room="people", name="tend_terms", region=county, at=now, **told)
            items = [
                canonical({"kind": row.kind, "subject": row.subject, "facts": row.facts}) for row in rows
            ]
            keep_batch(act, object_id=mint(now), kind=Post._meta.label, items=items, enclosed=rows)
        advance(county, READER, today.toordinal(), now=now)
    return len(rows)


def _unannounced(county: str, today: date, now: datetime) -> list[Evidence]:
    told = _told(county)
    posts = Post.objects.filter(county=county, deputy_of=None).filter(
        Q(until=None) | Q(until__gte=today) | Q(id__in=told), since__lte=today
    )
    found = []
    for post in posts.order_by("id"):
        if held(post, today) != (post.id in told):
            found.append(_over(post, now) if post.id in told else _given(post, now))
    return found


def _told(county: str) -> set[UUID]:
    """Posts whose newest evidence says that they are held."""
    rows = Evidence.objects.filter(county=county, kind=APPOINTED).order_by("subject", "-recorded_at", "-id")
    return {
        subject
        for subject, facts in rows.distinct("subject").values_list("subject", "facts")
        if not facts.get(WITHDRAWN)
    }


def _given(post: Post, at: datetime) -> Evidence:
    return _evidence(post, post.since, at=at)


def _over(post: Post, at: datetime) -> Evidence:
    last = post.until or timezone.localtime(at).date()
    return _evidence(post, last + DAY, at=at, over=True)


def _evidence(post: Post, day: date, *, at: datetime, over: bool = False) -> Evidence:
    facts: dict[str, object] = {"post": post.kind}
    if over:
        facts[WITHDRAWN] = True
    occurred = datetime.combine(day, time(), timezone.get_default_timezone())
    return evidence(
        APPOINTED,
        subject=post.id,
        region=post.region,
        room="people",
        at=at,
        occurred_at=occurred,
        facts=facts,
    )
