"""A share of each day's closings is drawn by lot (随机抽查): from the ledger's own root, so anybody can draw again."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from django.db import transaction

from shouwang.domains.hazards.models import Case
from shouwang.domains.hazards.queries import steps_of
from shouwang.domains.hazards.reviews import Lot, Whom, ask_to_look, closed_on
from shouwang.domains.ledger.alone import Task, alone
from shouwang.domains.ledger.queries import advance, reached, root_over
from shouwang.kernel.codes import county_of, township_of
from shouwang.kernel.lots import lot_falls
from shouwang.policy import Pack
from shouwang.rules.clocks import deadline

from .around_case import told_rows
from .people_told import People
from .sight import pack_of
from .working_days import workdays_of

READER, SORT = "hazards.lot", "drawn"
PERCENT, CLOCK = "hazard.review.percent", "hazard.recheck.workdays"
LOCAL = ("grid", "village")
FURTHEST = 31


def draw_reviews(county: str, *, now: datetime) -> int:
    """Draw every day that is over and whose closings are under a published root; how many were drawn."""
    pack = pack_of(county, now=now)
    yesterday = now.astimezone(pack.zone).date() - timedelta(days=1)
    if (reached(county, READER) or 0) >= yesterday.toordinal():
        return 0
    with transaction.atomic():
        if not alone(Task.DRAW, county):
            return 0
        last = reached(county, READER) or yesterday.toordinal() - 1
        drawn = 0
        for ordinal in range(max(last + 1, yesterday.toordinal() - FURTHEST), yesterday.toordinal() + 1):
            found = _draw(county, date.fromordinal(ordinal), pack=pack, now=now)
            if found is None:
                break
            drawn += found
            advance(county, READER, ordinal, now=now)
        return drawn


def _draw(county: str, day: date, *, pack: Pack, now: datetime) -> int | None:
    """How many of a day's closings the lot fell on; None while no published root covers them."""
    since = datetime.combine(day, time(), pack.zone)
    cases = closed_on(county, since, datetime.combine(day + timedelta(days=1), time(), pack.zone))
    percent = pack.value(PERCENT, on=day)
    if not cases or not percent.is_set:
        return 0
    root = root_over(county, [case.id for case in cases], "pass")
    if root is None:
        return None
    lot = Lot(day=day, root=root, percent=int(str(percent.value)))
    drawn = drawn_of(cases, lot)
    for case in drawn:
        _ask(case, lot, pack=pack, now=now)
    return len(drawn)


def drawn_of(cases: Sequence[Case], lot: Lot) -> list[Case]:
    """The cases the lot falls on."""
    return [case for case in cases if lot_falls(lot.root, str(case.id), lot.percent)]


def _ask(case: Case, lot: Lot, *, pack: Pack, now: datetime) -> None:
    department, body = _level_above(case, pack)
    clock = deadline(pack, workdays_of(case.region), CLOCK, now).verdict
    whom = Whom(
        department=department, body=body, at=now, pack=pack.version, clause=pack.wiring.clauses.loop,
        due_at=clock.at if clock else None,
    )  # fmt: skip
    people = People(pack, case.county, now.astimezone(pack.zone).date())
    ask_to_look(case, whom, lot=lot, told=told_rows(SORT, case, people.at(department, body), at=now))


def _level_above(case: Case, pack: Pack) -> tuple[str, str]:
    """One level over whoever passed it: the station over a grid or village, else the county's committee office."""
    passed = [step.post for step in steps_of(case) if step.act == "pass"]
    post = pack.posts.get(passed[-1]) if passed else None
    if post is not None and post.level in LOCAL:
        return pack.wiring.departments.station, township_of(case.region)
    return pack.wiring.departments.office, county_of(case.region)
