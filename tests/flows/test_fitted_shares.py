"""安装率: homes with a detector out of those on the register; three in one home are one, an untried one is none."""

from dataclasses import replace
from datetime import datetime
from uuid import uuid4

import pytest

from shouwang.domains.devices.models import Device
from shouwang.flows.amend_site import close_site
from shouwang.flows.count_indicators import count_indicators
from shouwang.flows.install_detector import Fitted, install_detector
from shouwang.flows.register_home import register_home
from shouwang.flows.register_site import register_site
from shouwang.policy import indicator_shapes as shapes
from shouwang.policy import load
from shouwang.policy.text import Text
from tests.cast import COUNTY, GRID, STREET
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
