"""The hourly chores: what nobody came back for goes, what is still waited for stays."""

import os
from datetime import UTC, datetime, timedelta

import pytest

from shouwang.domains.files.holding import LASTS, held, hold
from shouwang.flows.keep_house import round_of_work
from shouwang.flows.report_hazard import Report, report_hazard
from tests.cast import COUNTY, GRID
from tests.prefectures import here

TUESDAY = datetime(2026, 11, 24, 1, 30, tzinfo=UTC)


@pytest.mark.django_db
def test_uploads_are_held_for_some_days_and_then_let_go(cast, settings, tmp_path):
    settings.HOME = tmp_path
    report = Report(key="phone-1", region=GRID, kind=here("exit_blocked"), found_at=TUESDAY)
    report_hazard(cast["liming"], report, now=TUESDAY)
    forgotten, fresh = (hold(data, county=COUNTY) for data in (b"forgotten", b"fresh"))
    over = (TUESDAY - LASTS - timedelta(hours=1)).timestamp()
    os.utime(tmp_path / "held" / COUNTY / forgotten, (over, over))
    os.utime(tmp_path / "held" / COUNTY / fresh, (TUESDAY.timestamp(), TUESDAY.timestamp()))
    round_of_work(now=TUESDAY + timedelta(hours=1))
    assert held(COUNTY, forgotten) is None
    assert held(COUNTY, fresh) == b"fresh"
