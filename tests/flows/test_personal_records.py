"""Rented homes of 红旗社区: who owns them is encrypted, masked, and opened only for a reason that stays on record."""

from dataclasses import replace

import pytest
from django.db import connection

from shouwang.domains.ledger.models import Line
from shouwang.domains.ledger.verifying import verify
from shouwang.domains.records.models import Unmasking
from shouwang.domains.records.personal import is_sealed, opened
from shouwang.flows.amend_record import Amendment, amend_record
from shouwang.flows.enter_record import enter_record
from shouwang.flows.refusal import NotSeen, Refused, Unfit
from shouwang.flows.unmask_record import unmask_record
from tests.cast import COMMUNITY, COUNTY
from tests.flows.records_story import HOUR, MORNING, OWNER, OWNERS, entered, entry, pack_with, settle_areas

pytestmark = pytest.mark.django_db
MISSING = f"{COMMUNITY[:9]}999001"


@pytest.fixture(autouse=True)
def home(settings, tmp_path, db):
    settings.HOME = tmp_path
    settings.PACK = pack_with(tmp_path, OWNERS)
    settle_areas()


def rented(**more):
    return entry(type_="rented_home", region=COMMUNITY, papers=(), **OWNER | more)


def stored(table):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT coalesce(string_agg(t::text, ' '), '') FROM {table} t")
        return cursor.fetchone()[0]


def test_a_name_stands_nowhere_in_clear(cast):
    record = entered(cast["liuguozhu"], rented())
    assert is_sealed(record.values["owner"]) and is_sealed(record.values["phone"])
    assert record.values["address"] == "红旗街5号"
    tables = ("records_record", "records_searched", "ledger_line", "ledger_evidence", "ledger_key")
    assert [table for table in tables if "金英顺" in stored(table) or "13812345678" in stored(table)] == []
    assert "红旗街5号" in stored("records_searched")


def test_it_opens_for_a_reason_and_the_reason_stays(cast):
    record = entered(cast["liuguozhu"], rented())
    with pytest.raises(Refused):
        unmask_record(cast["zhangzhiqiang"], record.id, reason=" ", now=MORNING)
    clear = unmask_record(cast["zhangzhiqiang"], record.id, reason="联系房主断电检修", now=MORNING + HOUR)
    assert clear == {"owner": "金英顺", "phone": "13812345678"}
    looked = Unmasking.objects.get()
    assert (looked.reason, looked.actor, looked.fields) == (
        "联系房主断电检修", cast["zhangzhiqiang"].id, ["owner", "phone"]
    )  # fmt: skip
    assert Line.objects.get(object=looked.id).act == "unmask"
    assert verify(COUNTY).faults == []


@pytest.mark.parametrize(("who", "refusal"), [("liuyang", NotSeen), ("sunyulan", NotSeen), ("mali", Refused)])
def test_it_does_not_open_for_who_has_no_part_in_it(cast, who, refusal):
    record = entered(cast["liuguozhu"], rented())
    with pytest.raises(refusal):
        unmask_record(cast[who], record.id, reason="看看", now=MORNING)
    assert not Unmasking.objects.exists()


def test_an_amendment_that_leaves_the_mask_alone_keeps_what_is_behind_it(cast):
    record = entered(cast["liuguozhu"], rented())
    changed = {name: value for name, value in OWNER.items() if name not in ("owner", "phone")} | {
        "rooms": "3"
    }
    amend_record(cast["liuguozhu"], record.id, Amendment(values=changed), now=MORNING + HOUR)
    record.refresh_from_db()
    assert opened(record.id, record.values) | {"rooms": 3} == opened(record.id, record.values)
    assert opened(record.id, record.values)["owner"] == "金英顺"
    amend_record(
        cast["liuguozhu"], record.id, Amendment(values=changed | {"owner": "朴哲"}), now=MORNING + 2 * HOUR
    )
    record.refresh_from_db()
    assert opened(record.id, record.values)["owner"] == "朴哲"


def test_a_sealed_value_taken_to_another_record_does_not_open(cast):
    first = entered(cast["liuguozhu"], rented())
    other = rented(address="6号")
    second = entered(cast["liuguozhu"], replace(other, key="form-2"))
    second.values["owner"] = first.values["owner"]
    assert opened(second.id, second.values)["owner"] == ""


def test_a_field_may_name_only_an_area_that_is_there(cast):
    with pytest.raises(Unfit) as unfit:
        enter_record(cast["liuguozhu"], rented(grid=MISSING), now=MORNING)
    assert unfit.value.fields == {"values.grid": f"“所在网格”：没有代码为{MISSING}的辖区"}
