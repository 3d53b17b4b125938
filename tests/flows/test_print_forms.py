"""Forms are printed for a street, for a whole county, and for a record that is entered already."""

import pytest

from shouwang.domains.ledger.models import Line
from shouwang.domains.ledger.verifying import verify
from shouwang.domains.records.models import PaperForm
from shouwang.flows.keep_house import catch_up
from shouwang.flows.print_forms import bodies_to_print_for, print_forms, print_record, printed
from shouwang.flows.refusal import NotSeen, Refused, Unfit
from tests.cast import COUNTY, NEXT_STREET, STREET
from tests.flows.records_story import MEETS, MORNING, entered, settle_areas

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def home(settings, tmp_path, db):
    settings.HOME = tmp_path
    settle_areas()


def test_a_page_bears_a_code_a_body_a_version_and_a_period(cast):
    batch = print_forms(cast["cuizhe"], MEETS, [STREET], period="2026年12月", now=MORNING)
    (page,) = printed(cast["cuizhe"], batch)
    assert (page.type, page.form, page.region, page.period) == (MEETS, 1, STREET, "2026-12")
    assert page.code.startswith(f"{COUNTY[2:]}-") and page.printed_by == cast["cuizhe"].id


def test_the_county_prints_for_all_its_streets_under_one_line(cast):
    bodies = [body.code for body in bodies_to_print_for(cast["hanxue"], MEETS, COUNTY, now=MORNING)]
    assert {STREET, NEXT_STREET} <= set(bodies)
    batch = print_forms(cast["hanxue"], MEETS, bodies, now=MORNING)
    pages = printed(cast["hanxue"], batch)
    assert [page.region for page in pages] == sorted(bodies) and len({page.code for page in pages}) == len(bodies)
    line = Line.objects.get(room="records", act="print")
    assert (line.count, line.object, line.region) == (len(bodies), batch, COUNTY)
    catch_up(now=MORNING)
    assert verify(COUNTY).faults == []


def test_a_record_is_printed_as_the_page_it_is(cast):
    record = entered(cast["cuizhe"])
    (page,) = printed(cast["cuizhe"], print_record(cast["cuizhe"], record.id, now=MORNING))
    assert (page.record_id, page.period, page.form) == (record.id, "2026-11", 1)


def test_nobody_prints_for_the_next_street(cast):
    assert [body.code for body in bodies_to_print_for(cast["cuizhe"], MEETS, STREET, now=MORNING)] == [STREET]
    with pytest.raises(Refused):
        print_forms(cast["cuizhe"], MEETS, [STREET, NEXT_STREET], now=MORNING)
    with pytest.raises(Unfit):
        print_forms(cast["cuizhe"], MEETS, [], now=MORNING)
    assert not PaperForm.objects.exists()


@pytest.mark.parametrize("login", ["liuyang", "liuguozhu"])
def test_pages_are_seen_by_whom_the_records_are(cast, login):
    record = entered(cast["cuizhe"])
    batch = print_forms(cast["cuizhe"], MEETS, [STREET], now=MORNING)
    with pytest.raises(NotSeen):
        printed(cast[login], batch)
    with pytest.raises(NotSeen):
        print_record(cast[login], record.id, now=MORNING)


def test_a_period_nobody_can_read_is_refused(cast):
    with pytest.raises(Unfit) as unfit:
        print_forms(cast["cuizhe"], MEETS, [STREET], period="收获后", now=MORNING)
    assert "收获后" in unfit.value.fields["period"]


def test_printing_takes_no_more_statements_for_many_pages(cast, django_assert_num_queries):
    with django_assert_num_queries(6):
        batch = print_forms(cast["hanxue"], MEETS, [COUNTY, STREET, NEXT_STREET], now=MORNING)
    with django_assert_num_queries(1):
        printed(cast["hanxue"], batch)
