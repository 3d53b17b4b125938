"""Late hazards of Dunhua and the letters that follow: days go by as the worker lives them."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from shouwang.domains.ledger.services import seal_and_fold
from shouwang.domains.letters.models import Letter
from shouwang.domains.people.actor import Actor
from shouwang.flows.advance_hazard import Move, advance_hazard
from shouwang.flows.advance_letter import LetterMove, advance_letter
from shouwang.flows.climb_ladder import climb_ladder
from shouwang.flows.draft_due_letters import draft_due_letters
from shouwang.flows.draft_letter import Draft, draft_letter, prefilled
from shouwang.flows.judge_duties import judge_duties
from shouwang.flows.letter_causes import of_cases
from shouwang.flows.report_hazard import Report, report_hazard
from shouwang.flows.sight import pack_of
from shouwang.flows.tellings import Telling
from tests.cast import COUNTY, GRID
from tests.prefectures import here

LOCKED, SUPERVISION = here("exit_locked"), here("supervision")
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
# 2026年11月2日, a Monday, ten in the morning in Dunhua.
MONDAY = datetime(2026, 11, 2, 2, 0, tzinfo=UTC)


@dataclass
class Office:
    """The cast, and what they do about what is late. `now` moves on with what happens."""

    cast: dict[str, Actor]
    now: datetime = MONDAY

    def late_case(self, *, place: str = "福寿养老院二层", kind: str = LOCKED, **more: object) -> UUID:
        """A hazard that the county gave to the housing department, which lets it lie."""
        told = {"site": here("elderly_home"), **more}
        by = self.cast["hanxue" if "telling" in more else "liming"]
        report = Report(key=f"{place}-{kind}", region=GRID, kind=kind, found_at=self.now, place=place, **told)
        case = report_hazard(by, report, now=self.now).id
        move = Move(act="reassign", department=here("housing"), body=COUNTY)
        advance_hazard(self.cast["hanxue"], case, move, now=self.now)
        return case

    def late_order(self) -> UUID:
        """The same as an order of the 12345 line."""
        told = {"order": "YB20261102-0457", "received_on": self.now.astimezone().date()}
        return self.late_case(channel=here("hotline"), telling=Telling(openness="anonymous", facts=told))

    def pass_days(self, days: int) -> None:
        for _ in range(days):
            self.now += DAY
            while seal_and_fold(now=self.now) + judge_duties(COUNTY, now=self.now):
                continue
            climb_ladder(COUNTY, now=self.now)
            draft_due_letters(COUNTY, now=self.now)

    def drafted(self, kind: str = SUPERVISION, *, cases: tuple[UUID, ...] = (), by: str = "hanxue", **more) -> Letter:
        actor = self.cast[by]
        pack = pack_of(COUNTY, now=self.now)
        matters = of_cases(actor, cases, pack=pack)
        to = matters[0].to if matters else (here("housing"), "", COUNTY)
        region = more.pop("region", COUNTY)
        words = prefilled(pack, pack.letters[kind], region=region, to=to, now=self.now)
        draft = Draft(kind=kind, region=region, to=to, words=words, matters=matters, **more)
        return draft_letter(actor, draft, now=self.now)

    def act(self, login: str, letter: Letter, act: str, **more: object) -> Letter:
        self.now += timedelta(minutes=1)
        return advance_letter(self.cast[login], letter.id, LetterMove(act=act, **more), now=self.now)

    def issued(self, kind: str = SUPERVISION, **more) -> Letter:
        """Drafted by one, approved by the county leader, issued."""
        letter = self.drafted(kind, **more)
        self.act("guoqiang", letter, "approve")
        return self.act("hanxue", letter, "issue")


@pytest.fixture
def office(cast: dict[str, Actor]) -> Office:
    from tests.faces.stage import bring_in_the_areas

    bring_in_the_areas(MONDAY - 90 * DAY)
    return Office(cast)
