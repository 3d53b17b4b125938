"""Random trees, posts and summonses: nobody sees a case too many, or one too few, by any way in."""

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings

from shouwang.domains.areas.models import Area
from shouwang.domains.hazards.models import Case, Summons
from shouwang.domains.hazards.queries import newest, of_code, one, open_by_due
from shouwang.domains.ledger.minting import mint
from shouwang.flows.sight import sight
from shouwang.kernel.codes import level_of
from tests.domains.scope_story import AREAS, NOON, actors, cases, seen_by


@pytest.fixture
def tree(db):
    Area.objects.bulk_create(
        Area(
            id=mint(NOON), county=area[:6], region=area, level=level_of(area).value, kind="x", zh=area, year=2023
        )
        for area in AREAS
    )  # fmt: skip


class _Undo(Exception):
    """Ends an example so that its rows are rolled back."""


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(world=cases(), actor=actors)
def test_every_way_in_shows_exactly_what_may_be_seen(tree, world, actor):
    try:
        with transaction.atomic():
            Case.objects.bulk_create(case for case, _ in world)
            Summons.objects.bulk_create(s for _, summonses in world for s in summonses)
            _compare(actor, world)
            raise _Undo
    except _Undo:
        pass


def _compare(actor, world):
    expected, view = seen_by(actor, world), sight(actor)
    assert {row["id"] for row in newest(view, limit=100).rows} == expected
    assert {row["id"] for row in open_by_due(view, limit=100).rows} == expected
    assert {case.id for case, _ in world if one(view, case.id)} == expected
    assert {case.id for case, _ in world if of_code(view, case.code)} == expected
    assert _paged(view) == sorted(expected, key=lambda id: _place(world, id), reverse=True)


def _paged(view):
    """Page by page, nothing twice and nothing left out."""
    found, after = [], None
    while True:
        page = newest(view, limit=2, after=after)
        found += [row["id"] for row in page.rows]
        if page.after is None:
            return found
        after = page.after


def _place(world, case_id):
    return next((case.reported_at, case.id) for case, _ in world if case.id == case_id)
