"""朝阳川镇 left 龙井市 for 延吉市 in 2009: old rows keep their region and are read through."""

from datetime import date

import pytest

from shouwang.domains.areas.lineage import current, with_former
from shouwang.domains.areas.models import Alias
from tests.domains.areas_story import SMALL, TODAY, area, bring

pytestmark = pytest.mark.django_db
OLD, NEW = "222405101", "222401105"
EARLIER = date(2008, 12, 31)


@pytest.fixture(autouse=True)
def moved():
    bring(
        *SMALL,
        area(NEW, "朝阳川镇"),
        area(OLD, "朝阳川镇", until="2009-01-04", merged_into=NEW, source="吉林省政府批复"),
    )


def test_from_its_day_on_the_old_code_goes_on_as_the_new_one():
    assert current([OLD, "222405104"], on=TODAY) == {OLD: NEW, "222405104": "222405104"}
    assert current([OLD], on=EARLIER) == {OLD: OLD}


def test_what_lay_inside_the_old_unit_goes_on_in_the_new_one():
    assert current([OLD + "201"], on=TODAY) == {OLD + "201": NEW}


def test_whoever_sees_the_heir_sees_what_the_old_unit_left():
    assert with_former(["222401"], on=TODAY) == ("222401", OLD)
    assert with_former([NEW], on=EARLIER) == (NEW,)
    assert with_former(["222405104"], on=TODAY) == ("222405104",)


def test_mergers_follow_one_another():
    bring(area(NEW, "朝阳川镇", until="2025-01-01", merged_into="222401001"))
    assert current([OLD], on=TODAY) == {OLD: "222401001"}
    assert current([OLD], on=date(2024, 1, 1)) == {OLD: NEW}
    assert with_former(["222401001"], on=TODAY) == ("222401001", NEW, OLD)


def test_the_alias_names_its_document_and_a_corrected_day_replaces_the_wrong_one():
    bring(area(OLD, "朝阳川镇", until="2009-01-05", merged_into=NEW, source="吉政函"))
    alias = Alias.objects.get()
    assert (alias.since, alias.document, alias.county) == (date(2009, 1, 5), "吉政函", "222405")
