"""Nobody sees a standing that is not theirs, in any list, whoever they are: the rule is written a second time here."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shouwang.domains.duties.lists import OPEN, Wanted, between, counted, one, tasks
from shouwang.domains.duties.models import Delegation, Standing
from shouwang.domains.ledger.minting import salt
from shouwang.domains.people.actor import Actor, HeldPost
from shouwang.flows.see_tasks import task_sight
from shouwang.kernel.codes import covers
from shouwang.kernel.ids import uuid7
from shouwang.rules.bearers import bearer_of
from tests.task_pack import DUTIES

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)
BODIES = {
    "county": ("222401", "222403"),
    "township": ("222401001", "222401002", "222403001"),
    "village": ("222401001001", "222401001002", "222401002001", "222403001001"),
    "grid": ("222401001001001", "222401001002001", "222403001001001"),
}
AREAS = ("222400", *(body for bodies in BODIES.values() for body in bodies))
VERDICTS = ("due", "overdue", "undetermined", "met")
ME = uuid7(NOON, b"me........")


def standings() -> list[Standing]:
    made = []
    for number, (duty, told) in enumerate(sorted(DUTIES.items())):
        for place, region in enumerate(BODIES[told["bearer"]["level"]]):
            ident = uuid7(NOON, bytes([number, place] * 5))
            due = None if (number + place) % 4 == 3 else NOON + timedelta(days=number - place)
            made.append(
                Standing(
                    id=ident, county=region[:6], region=region, duty=duty, clause="08-02", subject=ident,
                    verdict=VERDICTS[(number + place) % 4], due_at=due, period="2026-11", month="2026-11",
                    judged_at=NOON,
                )
            )  # fmt: skip
    return made


posts = st.builds(
    lambda kind, department, areas: HeldPost(
        id=ME, kind=kind, department=department, region=areas[0], territory=tuple(areas)
    ),
    st.sampled_from(("grid_member", "village_head", "station_staff", "town_leader", "county_office", "dept_officer",
                     "prefecture_office", "building_chief", "security_admin")),
    st.sampled_from(("", "education", "grid")),
    st.lists(st.sampled_from(AREAS), min_size=1, max_size=2, unique=True),
)  # fmt: skip


def may_see(pack, held: list[HeldPost], passed: set[UUID], row: Standing) -> bool:
    """In plain words: my area's if I answer for it, what I perform, what was passed to me."""
    duty = pack.duties[row.duty]
    for post in held:
        kind = pack.posts[post.kind]
        inside = any(covers(area, row.region) for area in post.territory)
        if "duties.see" in kind.actions and not kind.only_own and inside:
            return True
        lies_in = any(bearer_of(duty.bearer.level, area) == row.region for area in post.territory if len(area) > 6)
        if post.kind == duty.performer and (inside or lies_in):
            return True
    return row.subject in passed


@pytest.fixture
def world(task_pack: str):
    from shouwang.domains.areas.models import Area
    from shouwang.policy import load

    Area.objects.bulk_create(
        Area(id=uuid7(NOON, region.encode().ljust(10, b".")[:10]), county=region[:6], region=region,
             level="prefecture" if region.endswith("00") and len(region) == 6 else "county",
             kind="county", zh=region, year=2026)
        for region in ("222400", "222401", "222403")
    )  # fmt: skip
    return load(task_pack), Standing.objects.bulk_create(standings())


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(posts, max_size=2), st.sets(st.integers(0, 20), max_size=2))
def test_every_list_shows_what_may_be_seen_and_nothing_else(world, held, numbers):
    pack, rows = world
    Delegation.objects.all().delete()
    given_rows = [rows[n] for n in numbers if n < len(rows)] if held else []
    Delegation.objects.bulk_create(_passed(row) for row in given_rows)
    actor = Actor(id=ME, county="222401", name="x", posts=tuple(held))
    sight, passed = task_sight(actor), {row.subject for row in given_rows if _near(actor, row)}
    expected = {row.id for row in rows if may_see(pack, held, passed, row)}
    by_verdict = {found.id for found in tasks(sight, Wanted(verdicts=VERDICTS), limit=500).rows}
    assert by_verdict == expected
    assert {row.id for row in rows if sight.holds(row)} == expected
    assert {row.id for row in rows if one(sight, row.id)} == expected
    dated = {found.id for found in between(sight, since=NOON - timedelta(days=99), until=NOON + timedelta(days=99))}
    assert dated == {row.id for row in rows if row.id in expected and row.due_at}
    open_now = sum(row.id in expected and row.verdict in OPEN for row in rows)
    assert counted(sight, {"open": Wanted()}) == {"open": open_now}


def test_pages_by_key_pass_over_what_has_no_deadline_once(world):
    actor = Actor(
        id=ME, county="222401", name="x",
        posts=(HeldPost(id=ME, kind="prefecture_office", department="", region="222400", territory=("222400",)),),
    )  # fmt: skip
    sight, seen, after = task_sight(actor), [], None
    while True:
        page = tasks(sight, Wanted(verdicts=VERDICTS), limit=3, after=after)
        seen += [row.id for row in page.rows]
        after = page.after
        if after is None:
            break
    assert len(seen) == len(set(seen)) == len(world[1])


def _near(actor: Actor, row: Standing) -> bool:
    """Nothing is looked for beyond the counties of one's posts and the offices above these."""
    areas = [area for post in actor.posts for area in post.territory]
    counties = {"222401", "222400", *(area[:6] for area in areas)}
    return "222400" in areas or row.county in counties


def _passed(row: Standing) -> Delegation:
    return Delegation(
        id=row.id, county=row.county, region=row.region, salt=salt(), duty=row.duty, period=row.period,
        subject=row.subject, giver=ME, giver_post="station_head", receiver=ME, state="accepted", at=NOON,
    )  # fmt: skip
