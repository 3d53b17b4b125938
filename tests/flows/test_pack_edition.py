"""A new edition of the pack comes into use: what was judged by the old one stays as its day had it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from unittest.mock import patch

import pytest

from shouwang.domains.duties.models import Standing
from shouwang.domains.hazards.models import Case
from shouwang.domains.ledger.models import Line
from shouwang.flows import judge_duties, report_hazard
from shouwang.flows.keep_house import catch_up
from shouwang.flows.report_hazard import Report
from shouwang.flows.sight import pack
from shouwang.policy import Value
from tests.cast import GRID
from tests.flows.adoption_story import GENERAL, bring_in_counties
from tests.prefectures import here

pytestmark = pytest.mark.django_db
OLD = datetime(2026, 11, 24, 1, 30, tzinfo=UTC)
NEW = OLD + timedelta(days=7)
BLOCKED = Report(key="p-1", region=GRID, kind=here("exit_blocked"), site=here("old_compound"), found_at=OLD)


def next_edition():
    """As the plan's next edition would have it: two working days, from the first of December."""
    value = Value(provenance="standard", value=2, source="GB 1-2026", since=date(2026, 12, 1), mark="H")
    return replace(pack().with_values({GENERAL: (value,)}), version="next")


def reported(actor, key, at):
    told = replace(BLOCKED, key=key, found_at=at)
    return Case.objects.get(pk=report_hazard.report_hazard(actor, told, now=at).id)


def test_old_cases_keep_the_edition_of_their_day(cast, settings, tmp_path):
    settings.HOME = tmp_path
    bring_in_counties()
    old = reported(cast["liming"], "p-1", OLD)
    catch_up(now=OLD)
    before = {one.duty: (one.verdict, one.due_at) for one in Standing.objects.filter(subject=old.id)}
    with (
        patch.object(judge_duties, "pack_of", lambda county, now: next_edition()),
        patch.object(report_hazard, "pack_of", lambda county, now: next_edition()),
    ):
        new = reported(cast["liming"], "p-2", NEW)
        catch_up(now=NEW)
    due, old_due = new.due_at, old.due_at
    old.refresh_from_db()
    assert old.due_at == old_due and (due - NEW).days <= 2
    after = {one.duty: one.due_at for one in Standing.objects.filter(subject=old.id)}
    assert before and after == {duty: at for duty, (_verdict, at) in before.items()}
    packs = dict(Line.objects.filter(act="report").values_list("object", "pack"))
    assert packs == {old.id: pack().version, new.id: "next"}
