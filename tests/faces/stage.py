"""A street of Dunhua with a week of hazards on it: overdue, due soon, waiting for a re-check, closed."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from django.conf import settings
from django.test import Client
from django.utils import timezone

from shouwang import policy
from shouwang.domains.areas.services import Importer, import_areas
from shouwang.domains.people.actor import Actor
from shouwang.domains.people.sessions import begin
from shouwang.faces.sign_in import COOKIE
from shouwang.flows.advance_hazard import Move, advance_hazard
from shouwang.flows.judge_duties import owed_since
from shouwang.flows.keep_house import catch_up
from shouwang.flows.report_hazard import Photo, Report, report_hazard
from shouwang.policy.areas import table
from shouwang.simulation.pictures import photo
from tests.cast import COUNTY, GRID, NEXT_GRID, NEXT_STREET, STREET
from tests.prefectures import HERE, here
from tests.snapshot import once

TOWN, COUNTY_LONG = f"{COUNTY}100", 6  # 大石头镇: it has villages, not only communities
WHOLE = (STREET, NEXT_STREET, TOWN)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
BEFORE = Photo(data=photo(Random(1), cleared=False), purpose="before")
AFTER = Photo(data=photo(Random(1), cleared=True), purpose="after")


@dataclass(frozen=True)
class Stage:
    """The cast by login, the cases by a word, and when the curtain rose."""

    cast: dict[str, Actor]
    cases: dict[str, UUID]
    now: datetime

    def client(self, login: str, language: str = "zh-hans") -> Client:
        """A browser in which `login` has signed in."""
        client = Client()
        client.cookies[COOKIE] = self.token(login)
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
        return client

    def token(self, login: str) -> str:
        return begin(self.cast[login], lasts=12 * HOUR, now=timezone.now())


def bring_in_the_areas(now: datetime, *, all_of_dunhua: bool = False) -> None:
    """Every county, but of Dunhua alone two streets and a town with their villages: few bodies are judged quickly."""
    whole = table(settings.PACK)
    kept = [
        one
        for one in whole.facts
        if len(one.code) == COUNTY_LONG
        or one.code[:9] in WHOLE
        or (all_of_dunhua and one.code.startswith(COUNTY))
    ]
    version, province = policy.load(settings.PACK).version, HERE.prefecture[:2] + "0000"
    by = Importer(actor=None, post=here("system_admin"), pack=version, areas=(province,))
    import_areas(replace(whole, facts=tuple(kept)), by=by, at=now)


def reported(actor: Actor, kind: str, *, ago: timedelta, now: datetime, **more: object) -> UUID:
    at = now - ago
    told = {"region": GRID, "photos": (BEFORE,), "key": f"{kind}-{ago}", "found_at": at, **more}
    return report_hazard(actor, Report(kind=kind, **told), now=at).id


def play(cast: dict[str, Actor], now: datetime) -> dict[str, UUID]:
    """The week, told through the flows that people use."""
    liming, cuizhe, chief = cast["liming"], cast["cuizhe"], cast["piaoyingshun"]
    cases = {
        "overdue": reported(
            liming, "exit_locked", ago=60 * DAY, now=now, site="elderly_home",
            place="福寿养老院二层", note="东侧安全出口加了挂锁，钥匙不在值班室",
        ),
        "late": reported(
            liming, "ebike_charging", ago=40 * DAY, now=now, site="old_compound", place="白山小区3号楼"
        ),
        "soon": reported(liming, "lane_occupied", ago=2 * HOUR, now=now, place="新安路北口"),
        "waiting": reported(
            liming, "wiring", ago=2 * DAY, now=now, site="shop", place="老四粮油店",
            note="冷柜插座从窗户拉线",
        ),
        "fixed": reported(
            liming, "combustibles", ago=3 * DAY, now=now, place="丹江小区2单元", fixed=True,
            photos=(BEFORE, AFTER),
        ),
        "next": reported(
            cast["sunyulan"], "exit_blocked", ago=DAY, now=now, region=NEXT_GRID, place="北苑楼道"
        ),
    }  # fmt: skip
    advance_hazard(cuizhe, cases["waiting"], Move(act="start"), now=now - DAY)
    advance_hazard(cuizhe, cases["waiting"], Move(act="submit", photos=(AFTER,)), now=now - 20 * HOUR)
    advance_hazard(chief, cases["fixed"], Move(act="pass"), now=now - 2 * DAY)
    catch_up(now=now)
    return cases


def owing_long(stage: Stage) -> Stage:
    """The bodies of Dunhua have answered for two years: what was to be set up once should stand by now."""
    owed_since(COUNTY, (stage.now - 800 * DAY).date(), now=stage.now)
    catch_up(now=stage.now)
    return stage


def raised(cast: dict[str, Actor], *, all_of_dunhua: bool = False) -> Stage:
    def build() -> Stage:
        now = timezone.now()
        bring_in_the_areas(now - 90 * DAY, all_of_dunhua=all_of_dunhua)
        return Stage(cast, play(cast, now), now)

    return once(("raised", all_of_dunhua, cast["liming"].id), build)
