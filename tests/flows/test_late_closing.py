"""迟注销: a shop that shut in one month and is closed on the register in the next owed nothing since it shut."""

from dataclasses import replace
from datetime import date, timedelta
from unittest.mock import patch

import pytest
from msgspec import structs

from shouwang.domains.duties.models import Standing
from shouwang.domains.ledger.sealing import seal_county
from shouwang.flows import judge_duties as judging
from shouwang.flows.amend_site import close_site
from shouwang.flows.refusal import Unfit
from shouwang.flows.register_site import register_site
from shouwang.policy.duty_shapes import Calendar, Objects, Proof
from tests.cast import COUNTY, NEXT_STREET, STREET
from tests.flows.records_story import MORNING
from tests.flows.test_households import SHOP
from tests.flows.test_owner_page import INN
from tests.rules.duty_cast import HOUSE

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_home")]
DAY = timedelta(days=1)
MONTHLY = structs.replace(
    HOUSE.duties["homestays"],
    trigger=Calendar(every="month"), evidence=Proof(kind="site.trained"), objects=Objects("sites", {"kind": SHOP}),
)  # fmt: skip
ONLY_THIS = replace(HOUSE, duties={"homestays": MONTHLY}, version="late")
ENTERED, SHUT, DECEMBER = MORNING - 14 * DAY, date(2026, 11, 20), MORNING + 8 * DAY


def judged(now, *, area=STREET):
    seal_county(COUNTY, now=now)
    with patch.object(judging, "pack_of", lambda county, now: ONLY_THIS):
        while judging.judge_duties(COUNTY, now=now):
            continue
    rows = Standing.objects.filter(county=COUNTY, region=area, duty="homestays")
    return {row.period: row.verdict for row in rows}


def test_november_is_owed_no_more_once_the_shop_that_shut_in_it_is_closed_in_december(cast):
    first, second = (
        register_site(cast["liming"], replace(INN, key=mark, mark=mark), now=ENTERED) for mark in ("8", "9")
    )
    assert judged(ENTERED)["2026-11"] == "due"
    assert judged(DECEMBER) == {"2026-11": "overdue", "2026-12": "due"}
    elsewhere = judged(DECEMBER, area=NEXT_STREET)
    close_site(cast["liming"], first, on=SHUT, why="shut", now=DECEMBER)
    assert judged(DECEMBER + timedelta(minutes=1))["2026-11"] == "overdue", "the other shop is still there"
    close_site(cast["liming"], second, on=SHUT, why="shut", now=DECEMBER + timedelta(minutes=2))
    after = DECEMBER + timedelta(minutes=3)
    assert judged(after) == {"2026-11": "not_owed", "2026-12": "not_owed"}, "on the same day, nothing else happened"
    assert judged(after, area=NEXT_STREET) == elsewhere


def test_one_that_shut_after_november_still_owed_november(cast):
    site = register_site(cast["liming"], INN, now=ENTERED)
    judged(ENTERED), judged(DECEMBER)
    close_site(cast["liming"], site, on=date(2026, 12, 1), why="shut", now=DECEMBER)
    assert judged(DECEMBER + timedelta(minutes=1)) == {"2026-11": "overdue", "2026-12": "not_owed"}


def test_no_place_is_closed_before_it_was_entered(cast):
    site = register_site(cast["liming"], INN, now=ENTERED)
    with pytest.raises(Unfit) as unfit:
        close_site(cast["liming"], site, on=(ENTERED - DAY).date(), why="shut", now=MORNING)
    assert set(unfit.value.fields) == {"closed_on"} and "2026-11-10" in unfit.value.fields["closed_on"]
    close_site(cast["liming"], site, on=ENTERED.date(), why="mistaken", now=MORNING)
