"""报警器: what hangs in a home is entered once, proves by itself, and the duty about listed homes is judged by it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from shouwang.domains.devices.models import Device
from shouwang.domains.duties.models import Standing
from shouwang.domains.ledger.idempotency import KeyReused
from shouwang.domains.ledger.models import Evidence
from shouwang.domains.ledger.sealing import seal_county
from shouwang.domains.ledger.verifying import verify
from shouwang.flows.act_on_device import act_on_device
from shouwang.flows.import_devices import DeviceRow, Words, import_devices
from shouwang.flows.install_detector import Fitted, install_detector
from shouwang.flows.keep_house import catch_up
from shouwang.flows.record_visit import Walked, record_visit
from shouwang.flows.refusal import NotSeen, Unfit
from shouwang.flows.register_home import register_home
from tests.cast import COMMUNITY, COUNTY, GRID, NEXT_GRID, OUTSIDER, STREET
from tests.flows.test_households import HOUSE
from tests.prefectures import only_in_yanbian
from tests.task_story import DAY, MONDAY, opened

pytestmark = pytest.mark.django_db
LISTED = only_in_yanbian("the duties about listed homes")
SMOKE = Fitted(key="d1", kind="smoke_alarm", on=MONDAY.date(), address="860000000000001", installer="李明", rang=True)


@pytest.fixture
def street(settings, tmp_path, cast):
    settings.HOME, settings.KEY_FILE = tmp_path, tmp_path / "keys.json"
    return opened(cast, MONDAY, owed_since=MONDAY - 60 * DAY)


@pytest.fixture
def home(street):
    return register_home(street.cast["liming"], HOUSE, now=street.now)


def later(street):
    street.now += timedelta(minutes=1)
    return street.now


def told(home):
    return Evidence.objects.filter(kind="device.installed", subject=home).order_by("line").last().facts


def test_fitted_once_however_often_the_phone_sends_it(street, home):
    liming = street.cast["liming"]
    found = install_detector(liming, home, SMOKE, now=street.now)
    assert install_detector(liming, home, SMOKE, now=street.now + DAY) == found
    device = Device.objects.get()
    assert (device.household, device.region, device.place, device.way) == (home, GRID, "3-17", "operator")
    assert told(home) == {"device": ["smoke_alarm"], "tested": True}
    with pytest.raises(KeyReused):
        install_detector(liming, home, replace(SMOKE, kind="gas_alarm"), now=street.now)
    with pytest.raises(Unfit) as unfit:
        install_detector(liming, home, replace(SMOKE, key="d2"), now=street.now)
    assert set(unfit.value.fields) == {"address"} and Device.objects.count() == 1
    seal_county(COUNTY, now=street.now)
    assert verify(COUNTY).faults == []


@pytest.mark.parametrize("login", ["sunyulan", "hanxue", OUTSIDER.login])
def test_who_sees_no_such_home_fits_nothing_there(street, home, login):
    with pytest.raises(NotSeen):
        install_detector(street.cast[login], home, SMOKE, now=street.now)
    assert not Device.objects.exists()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("kind", "transmitter"), ("on", None), ("on", (MONDAY + DAY).date()), ("address", "86-1"),
        ("installer", "x" * 81),
    ],
)
def test_what_cannot_be_so_is_refused_by_its_field(street, home, name, value):
    with pytest.raises(Unfit) as unfit:
        install_detector(street.cast["liming"], home, replace(SMOKE, **{name: value}), now=street.now)
    assert set(unfit.value.fields) == {name}


def test_a_home_proves_what_hangs_there_now_and_not_what_was_taken_down(street, home):
    liming = street.cast["liming"]
    smoke = install_detector(liming, home, replace(SMOKE, rang=False), now=later(street))
    assert told(home) == {"device": ["smoke_alarm"], "tested": False}
    gas = install_detector(liming, home, replace(SMOKE, key="d2", kind="gas_alarm", address=""), now=later(street))
    assert told(home) == {"device": ["gas_alarm"], "tested": True, "amends": True}, "only what rang counts"
    act_on_device(liming, smoke, "test", now=later(street))
    assert told(home)["device"] == ["gas_alarm", "smoke_alarm"]
    act_on_device(liming, gas, "retire", now=later(street))
    assert told(home) == {"device": ["smoke_alarm"], "tested": True, "amends": True}
    act_on_device(liming, smoke, "retire", now=later(street))
    assert told(home) == {"device": [], "withdrawn": True}


def test_a_list_joins_devices_with_homes_by_their_door_mark(street, home):
    cuizhe = street.cast["cuizhe"]
    register_home(street.cast["sunyulan"], replace(HOUSE, key="h9", region=NEXT_GRID), now=street.now)
    cells = {"address": "8601", "kind": "烟感", "area": COMMUNITY, "place": "崔福顺家西屋", "mark": "3-17",
             "installed_on": MONDAY.date()}  # fmt: skip
    words = Words(kinds={"烟感": "smoke_alarm"}, sites={})

    def sent(actor, **more):
        row = DeviceRow(number=2, cells={**cells, **more})
        return import_devices(actor, [row], words, way="operator", now=street.now)

    assert sent(cuizhe).new == [2]
    device = Device.objects.get()
    assert (device.household, device.region) == (home, GRID) and device.place == "3-17", "nothing sealed leaks"
    assert told(home) == {"device": ["smoke_alarm"], "tested": False}
    assert set(sent(cuizhe, address="8602", mark="9-9").refused[2]) == {"mark"}
    # The county's office keeps lists, but not the register: which marks there are is none of its business.
    assert set(sent(street.cast["hanxue"], address="8603").refused[2]) == {"mark"}


@pytest.mark.usefixtures("home")
def test_two_homes_with_one_mark_must_be_told_apart(street):
    cuizhe, kept = street.cast["cuizhe"], replace(HOUSE, key="h7", region=NEXT_GRID)
    register_home(cuizhe, kept, now=street.now)
    cells = {"address": "8601", "kind": "x", "area": STREET, "mark": "3-17"}
    words = Words(kinds={"x": "smoke_alarm"}, sites={})
    taken = import_devices(cuizhe, [DeviceRow(number=2, cells=cells)], words, way="operator", now=street.now)
    assert set(taken.refused[2]) == {"mark"} and not Device.objects.exists()


@LISTED[0]
@LISTED[1]
def test_a_home_on_the_register_is_owed_a_visit_and_a_detector_until_it_has_them(street):
    liming, owed = street.cast["liming"], ("visited_relocation", "relocation_homes_fitted", "visited_frail")

    def verdicts():
        street.now += DAY
        catch_up(now=street.now)
        rows = Standing.objects.filter(duty__in=owed, region__in=(GRID, COUNTY))
        return {row.duty: row.verdict for row in rows}

    assert verdicts()["visited_relocation"] == "undetermined", "nobody keeps the register yet"
    home = register_home(liming, HOUSE, now=street.now)
    assert verdicts() == {
        "visited_relocation": "due", "relocation_homes_fitted": "undetermined", "visited_frail": "not_owed",
    }  # fmt: skip
    install_detector(liming, home, SMOKE, now=street.now)
    looked = Walked(key="v", region=GRID, checklist="home_visit", version=1, answers={"stove": "ok"},
                    found_at=street.now, home=home)  # fmt: skip
    record_visit(liming, looked, now=street.now)
    assert verdicts() == {"visited_relocation": "met", "relocation_homes_fitted": "met", "visited_frail": "not_owed"}
    act_on_device(liming, Device.objects.get().id, "retire", now=street.now)
    assert verdicts()["relocation_homes_fitted"] != "met"
