"""以哪个岗位办: whoever holds several posts acts by the one that reaches the place, and the ledger says which."""

from dataclasses import replace

import pytest

from shouwang.domains.areas.models import Area
from shouwang.domains.ledger.minting import mint
from shouwang.domains.ledger.models import Line
from shouwang.domains.people.actor import HeldPost
from shouwang.flows.office_channels import NewChannel, add_channel, end_channel
from tests.cast import COUNTY, OTHER_COUNTY
from tests.flows.test_sites import MORNING
from tests.prefectures import here

pytestmark = pytest.mark.django_db
ROBOT = NewChannel(
    key="c1", kind="wecom", region=COUNTY, label="值班室群", told=["alarm"], parts={"url": "https://robot.example/send?key=7"}
)  # fmt: skip


def test_of_two_posts_with_the_same_right_the_one_of_the_place_is_named(cast):
    elsewhere = HeldPost(
        id=mint(MORNING), kind=here("county_fire"), department=here("fire"), region=OTHER_COUNTY,
        territory=(OTHER_COUNTY,),
    )  # fmt: skip
    hanxue = replace(cast["hanxue"], posts=(elsewhere, *cast["hanxue"].posts))
    for code in (COUNTY, OTHER_COUNTY):
        Area(id=mint(MORNING), county=code, region=code, level="county", kind="county", zh=code, year=2026).save()
    for region in (COUNTY, OTHER_COUNTY):
        made = add_channel(hanxue, replace(ROBOT, key=region, region=region), now=MORNING)
        end_channel(hanxue, made.county, made.id, now=MORNING)
    told = {(one.act, one.county): one.post for one in Line.objects.filter(act__in=("add_contact", "end_contact"))}
    assert told == {(act, county): here(kind) for act in ("add_contact", "end_contact")
                    for county, kind in ((COUNTY, "county_office"), (OTHER_COUNTY, "county_fire"))}  # fmt: skip
