"""Two on one home in the same moment: one case for one bad point, one code for one door."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections

from shouwang.domains.hazards.models import Case
from shouwang.domains.households.door_rows import DoorCode
from shouwang.domains.households.doors import behind
from shouwang.domains.households.models import Home
from shouwang.domains.patrols.models import Finding
from shouwang.flows.door_codes import renew_code, sheet_of_codes
from shouwang.flows.record_visit import record_visit, report_finding
from shouwang.flows.register_home import register_home
from tests.flows.records_story import HOUR, MORNING, settle_areas
from tests.flows.test_households import HOUSE
from tests.flows.test_visits import BEFORE, WRONG, seen

pytestmark = pytest.mark.django_db(transaction=True)
THREADS = 6


@pytest.fixture
def house(cast, settings, tmp_path):
    settings.HOME, settings.KEY_FILE = tmp_path, tmp_path / "keys.json"
    settle_areas()
    return register_home(cast["liming"], HOUSE, now=MORNING)


def at_once(act):
    """What each of them got."""
    start = Barrier(THREADS)

    def work(number):
        try:
            start.wait()
            return act(number)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(THREADS) as crowd:
        return list(crowd.map(work, range(THREADS)))


def test_a_bad_point_reported_by_two_at_once_is_one_case(cast, house):
    two = cast["liming"], cast["piaoyingshun"]
    visit = record_visit(two[0], seen(house, answers={WRONG: "bad"}), now=MORNING)
    told = at_once(lambda n: report_finding(two[n % 2], visit, WRONG, [BEFORE], now=MORNING + HOUR).id)
    case = Case.objects.get()
    assert set(told) == {case.id} and Finding.objects.get().case == case.id


def test_a_case_left_without_its_link_is_linked_by_whoever_comes_next(cast, house):
    visit = record_visit(cast["liming"], seen(house, answers={WRONG: "bad"}), now=MORNING)
    first = report_finding(cast["liming"], visit, WRONG, [BEFORE], now=MORNING + HOUR)
    Finding.objects.all().delete()
    assert report_finding(cast["piaoyingshun"], visit, WRONG, [], now=MORNING + 2 * HOUR).id == first.id
    assert Case.objects.count() == 1 and Finding.objects.get().case == first.id


def test_two_sheets_printed_at_once_carry_one_code(cast, house):
    sheets = at_once(lambda _n: sheet_of_codes(cast["liming"], after=None, now=MORNING)[0])
    assert len({codes[0][1] for codes in sheets}) == 1 and DoorCode.objects.count() == 1


def test_a_new_code_ends_every_one_of_before(cast, house):
    ((_home, old),) = sheet_of_codes(cast["liming"], after=None, now=MORNING)[0]
    DoorCode.objects.update(code=b"sealed with a lost key")
    assert behind(old) == Home.objects.get()
    ((_home, new),) = sheet_of_codes(cast["liming"], after=None, now=MORNING)[0]
    assert behind(old) is None and behind(new) == Home.objects.get()
    newest = renew_code(cast["liming"], house, now=MORNING)
    assert behind(new) is None and behind(newest) == Home.objects.get()
    assert DoorCode.objects.filter(revoked_at=None).count() == 1
