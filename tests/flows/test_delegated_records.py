"""Who accepted a task may mend what they entered for it, and is led to the form begun for its body and period."""

import pytest

from shouwang.flows.amend_record import Amendment, amend_record
from shouwang.flows.delegate_task import take_back
from shouwang.flows.refusal import Refused
from tests.cast import STREET
from tests.flows.records_story import MEETING, MEETS, entered, entry
from tests.flows.test_delegation import answered, passed
from tests.prefectures import HERE
from tests.task_story import DAY, Street

pytestmark = pytest.mark.django_db
WHEN = {"held_on": "2026-11-10"}


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    settings.HOME = tmp_path


def test_what_was_entered_so_can_be_mended_until_the_task_is_taken_back(street: Street):
    given, lin = passed(street), street.cast["linmeihua"]
    answered(street, given)
    record = entered(lin, entry(**WHEN), now=street.now + DAY)
    better = Amendment(values=MEETING | WHEN | {"topic": "冬防和烟花"})
    assert amend_record(lin, record.id, better, now=street.now + DAY).name == "冬防和烟花"
    take_back(street.cast["zhangzhiqiang"], given.county, given.id, now=street.now + 2 * DAY)
    with pytest.raises(Refused):
        amend_record(lin, record.id, Amendment(values=MEETING | WHEN), now=street.now + 2 * DAY)


def test_the_link_of_a_task_opens_the_form_begun(street: Street):
    from shouwang.faces.tasks.ways import record_form

    page = street.client("cuizhe").get(record_form(MEETS, region=STREET, period="2026-10")).content.decode()
    assert '<option value="2026-10" selected>2026年10月</option>' in page
    quarter = street.client("cuizhe").get(record_form(MEETS, region=STREET, period="2026-Q4")).content.decode()
    assert '<option value="2026-Q4"' not in quarter and f'name="region" value="{STREET}"' in quarter
    answered(street, passed(street))
    lent = street.client("linmeihua").get(record_form(MEETS, region=STREET, period=""))
    assert lent.status_code == 200 and HERE.named(STREET) in lent.content.decode()
