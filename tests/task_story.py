"""A street that begins to work: the areas are in, the cast is in post, and the duties of the day are judged."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.prefectures import HERE, here

ZONE = ZoneInfo("Asia/Shanghai")
MONDAY = datetime(2026, 11, 16, 9, 0, tzinfo=ZONE)  # 星期一，工作日
DAY = timedelta(days=1)


@dataclass
class Street:
    """The cast by login, and what time it is."""

    cast: dict
    now: datetime

    def pass_to(self, now: datetime) -> "Street":
        """Time passes, and the house does its work."""
        from shouwang.flows.keep_house import catch_up

        self.now = now
        catch_up(now=now)
        return self

    def standing(self, duty: str, region: str, period: str = ""):
        from shouwang.domains.duties.models import Standing

        rows = Standing.objects.filter(duty=duty, region=region)
        return rows.get(period=period) if period else rows.get()


    def token(self, login: str) -> str:
        from django.utils import timezone

        from shouwang.domains.people.sessions import begin

        return begin(self.cast[login], lasts=timedelta(hours=12), now=timezone.now())

    def client(self, login: str, language: str = "zh-hans"):
        """A browser in which `login` has signed in."""
        from django.conf import settings
        from django.test import Client

        from shouwang.faces.sign_in import COOKIE

        client = Client()
        client.cookies[COOKIE] = self.token(login)
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
        return client

    def left(self, kind: str, region: str, facts: dict, *, at: datetime) -> None:
        """A record of a body, entered when it happened."""
        from uuid import uuid4

        from shouwang.domains.ledger.acts import Act, keep
        from shouwang.domains.ledger.events import evidence
        from shouwang.domains.ledger.minting import mint, salt
        from shouwang.domains.people.models import Person

        # A row of any room will do to carry the line: rooms of records are tried where they stand.
        row = Person(
            id=mint(at), county=region[:6], region=region, salt=salt(), login=f"carrier-{uuid4().hex[:12]}", name="-",
        )  # fmt: skip
        said = evidence(kind, subject=uuid4(), region=region, room="records", at=at, facts=facts)
        keep(Act(room="records", name="enter", region=region, at=at, pack="t"), subject=row, enclosed=[said])


def opened(cast: dict, now: datetime, *, owed_since: datetime | None = None) -> Street:
    from shouwang.domains.areas.services import Importer, import_areas
    from shouwang.flows.judge_duties import owed_since as owed_from
    from shouwang.policy.areas import read

    by = Importer(actor=None, post=here("system_admin"), pack=HERE.pack, areas=(HERE.prefecture[:2] + "0000",))
    found = import_areas(read(HERE.areas), by=by, at=now - 90 * DAY)
    assert not found.refused, found.refusals
    if owed_since is not None:
        for county in (HERE.county, HERE.prefecture):
            owed_from(county, owed_since.astimezone(ZONE).date(), now=now)
    return Street(cast, now).pass_to(now)


@pytest.fixture
def street(task_pack: str, cast: dict) -> Street:
    """A Monday in November; the rest of the month lies ahead."""
    return opened(cast, MONDAY)


@pytest.fixture
def street_today(task_pack: str, cast: dict) -> Street:
    """The same street as it stands now, with three months behind it: some met, some overdue, one passed on."""
    from django.utils import timezone

    now = timezone.now()
    street = opened(cast, now, owed_since=now - 92 * DAY)
    last_month = now.astimezone(ZONE).replace(day=1, hour=12) - 3 * DAY
    street.left(f"record.{here('meeting')}", HERE.street, {"kind": here("analysis")}, at=last_month)
    return street.pass_to(now)


@pytest.fixture
def planned(street_today: Street) -> Street:
    """And with a plan handed in, a task passed on, and the first steps taken."""
    from shouwang.domains.duties.models import Standing
    from shouwang.flows import plan_year
    from shouwang.flows.delegate_task import Order, delegate_task
    from shouwang.flows.plan_items import Own
    from shouwang.flows.plan_year import Seen

    street, now = street_today, street_today.now
    year, cast = now.astimezone(ZONE).year, street.cast
    seen = Seen(region=HERE.street, year=year)
    plan_year.start(cast["cuizhe"], HERE.street, year, now=now)
    plan_year.add(cast["cuizhe"], seen, Own(title="敬老院用电专项检查", below=True), now=now)
    plan_year.hand_in(cast["cuizhe"], seen, now=now)
    task = Standing.objects.filter(duty="t_meeting", region=HERE.street, verdict="overdue").first()
    order = Order(receiver=cast["linmeihua"].id, county=HERE.county, note="请补开并补录")
    delegate_task(cast["zhangzhiqiang"], task.id, order, now=now)
    return street
