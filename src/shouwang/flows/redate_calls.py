"""The notice of a year has come: departments that were called get another deadline, too, each by an act (时限调整)."""

from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise

from shouwang.domains.adoptions.years import Told
from shouwang.domains.hazards.models import Muster
from shouwang.domains.hazards.musters import Turn, redate_muster
from shouwang.domains.hazards.redating import ACT, calls_due_since
from shouwang.domains.ledger.acts import before
from shouwang.kernel.decision import Decision, Reason
from shouwang.kernel.workdays import Calendar
from shouwang.policy import Pack
from shouwang.rules.clocks import Due
from shouwang.rules.musters import arrival_by

from .muster_news import Telling, news

SORT = "muster_redated"


def moved_to(found: Sequence[Due | None], *, stands: tuple[datetime | None, bool]) -> Due | None:
    """By the deadlines that the calendars give, oldest first: the newest, where an earlier one is what stands."""
    newest = found[-1]
    if newest is None or (newest.at, newest.provisional) == stands:
        return None
    counted = any(one is not None and one.at == stands[0] for one in found[:-1])
    changed = any(earlier != later for earlier, later in pairwise(found))
    return newest if counted and changed else None


def redate_calls(  # noqa: PLR0913 - one pass over a county, by one notice
    pack: Pack, county: str, known: Sequence[Calendar], *, since: datetime, why: Told, now: datetime
) -> int:
    """Within the transaction that moves the cases; how many calls moved."""
    moved, telling = 0, Telling(pack, county, now)
    for muster in calls_due_since(county, since):
        found = moved_to(
            [arrival_by(pack, calendar, muster.at).verdict for calendar in known],
            stands=(muster.due_at, muster.due_provisional),
        )
        if found is not None:
            _redate(muster, found, pack=pack, why=why, telling=telling, now=now)
            moved += 1
    return moved


def _redate(  # noqa: PLR0913
    muster: Muster, found: Due, *, pack: Pack, why: Told, telling: Telling, now: datetime
) -> None:
    earlier, was = before(muster, "version"), muster.due_at
    assert was is not None
    muster.due_at, muster.due_provisional, muster.version = found.at, found.provisional, muster.version + 1
    days = {"before": _day(pack, was), "after": _day(pack, found.at)}
    code = "due_moved" if was != found.at else "due_sure"
    said = Reason(code, {"number": why.number, **days, "notice": str(why.id), "was": was.isoformat()})
    people = telling.department(muster.department, muster.body) if was != found.at else set()
    step = Turn(
        act=ACT, source=muster.state, target=muster.state, actor=None, post="", at=now, pack=pack.version,
        clause=pack.wiring.clauses.summons, judged=(Decision(True, (said,), ()),),
        told=news(SORT, muster, people, at=now),
    )  # fmt: skip
    redate_muster(muster, step, earlier=earlier)


def _day(pack: Pack, at: datetime) -> str:
    return at.astimezone(pack.zone).date().isoformat()
