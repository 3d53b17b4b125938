"""A street of Dunhua with a month of records: meetings, a document to confirm, rented homes behind a mask."""

from datetime import datetime, timedelta
from uuid import UUID

from django.utils import timezone

from shouwang.domains.ledger.services import seal_and_fold
from shouwang.domains.people.actor import Actor
from shouwang.flows.amend_record import Amendment, amend_record
from shouwang.flows.enter_record import Entry, enter_record
from shouwang.flows.record_papers import Paper
from shouwang.flows.settle_record import settle_record
from tests.cast import COMMUNITY, COUNTY, STREET
from tests.faces.stage import DAY, Stage, bring_in_the_areas
from tests.flows.records_story import OWNER, minutes

HOUR = timedelta(hours=1)


def day(now: datetime, ago: int) -> str:
    return timezone.localdate(now - ago * DAY).isoformat()


def meeting(now: datetime, *, ago: int = 3, key: str = "m", **more: object) -> Entry:
    values = {
        "held_on": day(now, ago), "kind": "analysis", "topic": "冬季火灾风险研判", "present": "14",
        "on_forces": "yes", "on_culture": "no", "measures": "3",
        "conclusions": "一、12月15日前查完老旧小区飞线充电。\n二、各村义务消防队备足水枪。", **more,
    }  # fmt: skip
    papers = (Paper(name="minutes", data=minutes()),)
    return Entry(key=key, type="meeting", region=STREET, values=values, papers=papers)


def waiver(now: datetime, *, key: str = "w") -> Entry:
    values = {
        "issued_on": day(now, 9), "number": "敦消委办〔2026〕3号", "duty": "hazard_closed_loop",
        "reason": "两社区合并，网格重新划分，期间由街道统一排查。",
    }  # fmt: skip
    papers = (Paper(name="document", data=minutes()),)
    return Entry(key=key, type="waiver", region=STREET, values=values, papers=papers)


def rented(now: datetime, *, key: str = "r", **more: object) -> Entry:
    values = OWNER | {"seen_on": day(now, 2)} | more
    return Entry(key=key, type="rented_home", region=COMMUNITY, values=values)


def play(cast: dict[str, Actor], now: datetime) -> dict[str, UUID]:
    cuizhe, chief = cast["cuizhe"], cast["zhangzhiqiang"]
    found = {
        "meeting": enter_record(cuizhe, meeting(now), now=now - 3 * DAY).id,
        "amended": enter_record(
            cuizhe, meeting(now, ago=20, key="m2", topic="烟花爆竹"), now=now - 19 * DAY
        ).id,
        "waiver": enter_record(chief, waiver(now), now=now - 8 * DAY).id,
        "returned": enter_record(chief, waiver(now, key="w2"), now=now - 8 * DAY).id,
    }
    better = dict(meeting(now, ago=20).values) | {"topic": "春节期间烟花爆竹管控", "present": "15"}
    amend_record(cuizhe, found["amended"], Amendment(values=better, note="议题写全"), now=now - 18 * DAY)
    settle_record(cast["hanxue"], found["returned"], "return", note="文号与附件不一致", now=now - 7 * DAY)
    while seal_and_fold(now=now):
        continue
    return found


def raised(cast: dict[str, Actor]) -> Stage:
    now = timezone.now()
    bring_in_the_areas(now - 90 * DAY)
    return Stage(cast, play(cast, now), now)


__all__ = ["COUNTY", "HOUR", "meeting", "play", "raised", "rented", "waiver"]
