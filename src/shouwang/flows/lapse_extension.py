"""A request for more time ends with the clock it was asked for (延期申请失效): graded again, given on, or ended."""

from datetime import datetime

from shouwang.domains.duties.acting import About, notice
from shouwang.domains.hazards.extra_time import extra_time_of, lapse_time
from shouwang.domains.hazards.models import Case
from shouwang.domains.ledger.acts import before
from shouwang.domains.ledger.minting import mint
from shouwang.rules.loops import turn

from .sight import pack_of

EXTENSION, ASKED, SORT = "extension", "asked", "extension_lapsed"


def lapse_extension(case: Case, *, now: datetime) -> int:
    """End what waits for an answer, within the transaction that ended its clock; how many. Raises Stale."""
    ended, pack = 0, pack_of(case.county, now=now)
    arrow = turn(pack, EXTENSION, ASKED, "lapse")
    for extra in extra_time_of(case) if arrow else ():
        if (extra.loop, extra.state) != (EXTENSION, ASKED):
            continue
        assert arrow is not None
        earlier = before(extra, "version")
        extra.state, extra.decided_at, extra.version = arrow.target, now, extra.version + 1
        about = About(region=case.region, subject=case.id)
        told = [notice(SORT, event=mint(now), recipient=extra.asker, about=about, at=now)] if extra.asker else []
        lapse_time(extra, at=now, pack=pack.version, clause=arrow.row, earlier=earlier, told=told)
        ended += 1
    return ended
