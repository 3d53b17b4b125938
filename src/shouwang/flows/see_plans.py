"""Yearly plans as somebody sees them: one's own, those of one's area, how far each item and each body has come."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils import timezone

from shouwang.domains.areas.queries import Place, children
from shouwang.domains.duties import plans
from shouwang.domains.duties.lists import Task, counts_of_bodies, of_body
from shouwang.domains.duties.models import Plan
from shouwang.domains.people.actor import Actor
from shouwang.kernel.codes import Level, county_of, covered, is_region, level_of, parent_of
from shouwang.rules.plan_rights import LEVELS

from .sight import areas_for

SEE = "duties.see"
DONE = ("met", "met_late", "waived")
MOST_BELOW = 200


@dataclass(frozen=True, kw_only=True)
class Progress:
    """How far one item has come: the verdict of its standing, or counts where there are many."""

    task: Task | None = None
    counts: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Below:
    """A body under the plan: where its own plan stands, and what it has done of what the year asked so far."""

    place: Place
    plan: Plan | None
    counts: Mapping[str, int]
    behind: bool = False

    @property
    def done(self) -> int:
        return sum(self.counts.get(verdict, 0) for verdict in DONE)

    @property
    def owed(self) -> int:
        return self.done + self.counts.get("overdue", 0) + self.counts.get("due", 0)


def may_see_plan(actor: Actor, region: str) -> bool:
    """Of an area one answers for, or of the body one works in."""
    if not is_region(region) or level_of(region).value not in LEVELS:
        return False
    return covered(areas_for(actor, SEE), region) or any(post.region == region for post in actor.posts)


def own_body(actor: Actor) -> str:
    """The body whose plan a person opens first: the highest one has a post in."""
    regions = [post.region for post in actor.posts if level_of(post.region).value in LEVELS]
    return min(regions, key=len, default="")


def above_of(region: str, year: int) -> Plan | None:
    """The approved plan of the body above."""
    above = parent_of(region)
    if above is None or level_of(above) is Level.PROVINCE:
        return None
    return plans.in_force(above, year)


def progress(plan: Plan) -> dict[str, Progress]:
    """By key of the item, read from the standings of the body: one statement."""
    by_key: dict[tuple[str, str], Task] = {}
    counts: dict[str, Counter[str]] = {}
    for task in of_body(plan.county, region=plan.region, year=plan.year):
        by_key[task.duty, task.period] = task
        if _in_year(task, plan.year):
            counts.setdefault(task.duty, Counter())[task.verdict] += 1
    found = {}
    for item in plan.items:
        if item["sort"] in ("event", "daily"):
            found[item["key"]] = Progress(counts=counts.get(item["duty"], {}))
        elif item["duty"]:
            found[item["key"]] = Progress(task=by_key.get((item["duty"], item["period"])))
    return found


def below(region: str, year: int, *, on: date) -> list[Below]:
    """The bodies right under it, each with the state of its plan and its numbers: a few statements."""
    if level_of(region) in (Level.VILLAGE, Level.GRID):
        return []
    places = children(region, areas=[region], on=on, limit=MOST_BELOW).places
    regions = [place.code for place in places]
    counties = sorted({county_of(code) for code in regions})
    newest = {
        code: plan for county in counties for code, plan in plans.newest_of(county, regions, year).items()
    }
    counts, above = counts_of_bodies(regions, year=year), plans.in_force(region, year)
    return [
        Below(
            place=place,
            plan=newest.get(place.code),
            counts=counts.get(place.code, {}),
            behind=_behind(newest.get(place.code), above),
        )
        for place in places
    ]


def _behind(plan: Plan | None, above: Plan | None) -> bool:
    """Whether the plan above has changed since this one took its part from it."""
    return plan is not None and above is not None and plan.above != above.id


def _in_year(task: Task, year: int) -> bool:
    at: datetime | None = task.due_at or task.judged_at
    return at is not None and timezone.localtime(at).year == year
