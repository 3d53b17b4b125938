"""Random trees, posts and records: nobody sees a record too many, or one too few, by any way in."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shouwang.domains.areas.models import Area
from shouwang.domains.ledger.minting import mint, salt
from shouwang.domains.people.actor import Actor
from shouwang.domains.records.models import Record
from shouwang.domains.records.queries import newest, one, waiting, year_counts_in_sight
from shouwang.domains.records.wanting import Wanted
from shouwang.flows.sight import record_sight
from shouwang.kernel.codes import county_of, covers, level_of
from shouwang.kernel.ids import uuid7
from tests.domains.scope_story import AREAS, DEPARTMENTS, NOON, PACK, PEOPLE, actors

DAY = date(2026, 11, 5)


@pytest.fixture
def tree(db):
    Area.objects.bulk_create(
        Area(
            id=mint(NOON), county=area[:6], region=area, level=level_of(area).value, kind="x", zh=area, year=2023
        )
        for area in AREAS
    )  # fmt: skip


@st.composite
def records(draw: st.DrawFn) -> list[Record]:
    return [_record(number, draw) for number in range(draw(st.integers(1, 12)))]


def _record(number: int, draw: st.DrawFn) -> Record:
    region = draw(st.sampled_from(AREAS))
    return Record(
        id=uuid7(NOON - timedelta(minutes=number), number.to_bytes(10, "big")),
        county=county_of(region),
        region=region,
        salt=salt(),
        type="meeting",
        form=1,
        occurred_on=DAY - timedelta(days=number % 4),
        name=f"第{number}次",
        state="entered",
        department=draw(st.sampled_from(("", *DEPARTMENTS))),
        entered_by=draw(st.sampled_from((None, *PEOPLE))),
        entered_at=NOON,
        said_at=NOON,
        way="form",
    )


def may_see(actor: Actor, record: Record) -> bool:
    """The rule in plain words, written a second time on purpose."""
    counties = {county_of(area) for post in actor.posts for area in post.territory}
    if record.entered_by == actor.id and record.county in counties:
        return True
    for post in actor.posts:
        kind = PACK.posts[post.kind]
        if "records.see" not in kind.actions or not any(covers(a, record.region) for a in post.territory):
            continue
        if not kind.only_own or (post.department and post.department == record.department):
            return True
    return False


class _Undo(Exception):
    """Ends an example so that its rows are rolled back."""


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(world=records(), actor=actors)
def test_every_way_in_shows_exactly_what_may_be_seen(tree, world, actor):
    try:
        with transaction.atomic():
            Record.objects.bulk_create(world)
            _compare(actor, world)
            raise _Undo
    except _Undo:
        pass


def _compare(actor: Actor, world: list[Record]) -> None:
    expected: set[UUID] = {record.id for record in world if may_see(actor, record)}
    view, wanted = record_sight(actor), Wanted(type="meeting")
    assert {row["id"] for row in newest(view, wanted, limit=100).rows} == expected
    assert _page_by_page(view, wanted) == sorted(expected, key=lambda one: _place(world, one), reverse=True)
    assert {record.id for record in world if one(view, record.id)} == expected
    assert waiting(view, ["meeting"]).get("meeting", 0) == len(expected)
    assert year_counts_in_sight(view, ["meeting"], year=2026).get("meeting", 0) == len(expected)
    narrow = Wanted(type="meeting", area="222401001")
    inside = {record.id for record in world if record.id in expected and record.region.startswith("222401001")}
    assert {row["id"] for row in newest(view, narrow, limit=100).rows} == inside


def _page_by_page(view, wanted) -> list[UUID]:
    found, after = [], None
    while True:
        page = newest(view, wanted, limit=2, after=after)
        found += [row["id"] for row in page.rows]
        after = page.after
        if after is None:
            return found


def _place(world: list[Record], record_id: UUID) -> tuple[date, UUID]:
    record = next(record for record in world if record.id == record_id)
    return record.occurred_on, record.id
