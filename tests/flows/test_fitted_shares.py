"""安装率: homes with a detector out of those on the register; three in one home are one, an untried one is none."""

from dataclasses import replace
from datetime import datetime
from uuid import uuid4

import pytest

from shouwang.domains.devices.models import Device
from shouwang.domains.households.queries import counted_by_region, kinds_of
from shouwang.flows.amend_site import close_site
from shouwang.flows.count_indicators import count_indicators
from shouwang.flows.install_detector import Fitted, install_detector
from shouwang.flows.register_home import register_home
from shouwang.flows.register_site import register_site
from shouwang.policy import indicator_shapes as shapes
from shouwang.policy import load
from shouwang.policy.text import Text
from tests.cast import COMMUNITY, COUNTY, GRID, NEXT_STREET, STREET
from tests.flows.records_story import MORNING
from tests.flows.test_households import HOUSE, SHOP
from tests.flows.test_owner_page import INN

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_home")]
NAMED, KIND = Text(zh="烟感", ko="감지기", en="Alarms"), HOUSE.kind
NOW = datetime(2026, 11, 24, 12, tzinfo=load().zone)


def one_of(**fitted) -> shapes.Indicator:
    told, unit = shapes.Fitted("smoke_alarm", **fitted), "percent" if fitted else "count"
    return shapes.Indicator("homes", "12-09", NAMED, "township", unit, "more", fitted=told)


def figure(asked, *, length=9, area=STREET):
    found = count_indicators([asked], [COUNTY], length=length, now=NOW).get(area, {}).get(asked.id)
    return [(one.part, one.whole) for one in found.figures] if found else None


def fit(actor, home, key, *, rang=True):
    told = Fitted(key=key, kind="smoke_alarm", on=MORNING.date(), rang=rang)
    return install_detector(actor, home, told, now=MORNING)


def test_three_in_one_home_are_one_home_out_of_those_on_the_register(cast):
    liming = cast["liming"]
    homes = [register_home(liming, replace(HOUSE, key=mark, mark=mark), now=MORNING) for mark in "1234"]
    for key in "abc":
        fit(cast["cuizhe"], homes[0], key)
    fit(cast["cuizhe"], homes[1], "untried", rang=False)
    asked = one_of(homes=(KIND,))
    assert figure(asked) == [(0, None), (0, None), (1, 4)], "registers tell of this year alone"
    assert figure(asked, length=6, area=COUNTY)[-1] == (1, 4)
    assert figure(one_of(homes=("forest",))) is None
    Device.objects.filter(household=homes[0]).update(state="retired")
    assert figure(asked)[-1] == (0, 4)


def test_a_place_is_known_by_its_mark_or_name_and_one_that_closed_is_not_counted(cast):
    liming = cast["liming"]
    first, second = (
        register_site(liming, replace(INN, key=mark, mark=mark, name=f"店{mark}"), now=MORNING) for mark in "12"
    )
    hung = {"county": COUNTY, "region": GRID, "kind": "smoke_alarm", "salt": b"s", "site": "nine_small"}
    for place in ("1", "店1", "街上"):
        Device.objects.create(id=uuid4(), place=place, tested_on=MORNING.date(), entered_at=MORNING, **hung)
    asked = one_of(places=(SHOP,))
    assert figure(asked)[-1] == (1, 2) and figure(one_of())[-1] == (3, None)
    close_site(liming, second, on=MORNING.date(), why="shut", now=MORNING)
    assert figure(asked)[-1] == (1, 1) and first


def test_a_list_that_names_the_township_means_the_one_place_there_called_so(cast):
    """Of two that are called the same nobody knows which: then the list has to name the grid."""
    liming = cast["liming"]
    for mark, name in (("1", "海兰饭店"), ("2", "便民超市"), ("3", "便民超市")):
        register_site(liming, replace(INN, key=mark, mark=mark, name=name), now=MORNING)
    hung = {"county": COUNTY, "kind": "smoke_alarm", "salt": b"s", "site": "nine_small"}
    asked = one_of(places=(SHOP,))

    def hang(place, region):
        said = {"place": place, "region": region, "tested_on": MORNING.date(), "entered_at": MORNING}
        Device.objects.create(id=uuid4(), **said, **hung)
        return figure(asked)[-1]

    assert hang("海兰饭店", NEXT_STREET) == (0, 3), "called so in another township"
    assert hang("海兰饭店", STREET) == (1, 3)
    assert hang("1", COMMUNITY) == (1, 3), "the same place once more"
    assert hang("便民超市", STREET) == (1, 3)
    assert hang("3", STREET) == (2, 3)


def test_homes_are_counted_where_they_lie_and_not_read_one_by_one(cast, django_assert_num_queries):
    liming, asked = cast["liming"], one_of(homes=(KIND,))
    homes = [register_home(liming, replace(HOUSE, key=mark, mark=mark), now=MORNING) for mark in "123"]
    fit(cast["cuizhe"], homes[0], "a")
    with django_assert_num_queries(5):
        rows = counted_by_region([COUNTY])
        assert rows == [(GRID, KIND, 3)], "however many homes, one row a grid and kind"
        assert figure(asked)[-1] == (1, 3)
    many = [uuid4() for _other in range(70_000)]
    assert kinds_of([COUNTY], [*many, homes[0]]) == [(homes[0], GRID, KIND)], "more than a statement can bind"
