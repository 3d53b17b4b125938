"""A case ends: departments that were called and had not come are awaited no more (随案了结)."""

from datetime import datetime

from shouwang.domains.hazards.models import Case
from shouwang.domains.hazards.muster_queries import waiting_for
from shouwang.domains.hazards.muster_rows import PENDING
from shouwang.domains.hazards.musters import Turn, turn_muster
from shouwang.domains.ledger.acts import before
from shouwang.rules.loops import turn
from shouwang.rules.musters import SUMMONS

from .sight import pack_of


def lapse_musters(case: Case, *, now: datetime) -> int:
    """End what waits, within the transaction that ended the case; how many. Raises Stale."""
    ended, pack = 0, pack_of(case.county, now=now)
    for muster in waiting_for(case, PENDING):
        arrow = turn(pack, SUMMONS, muster.state, "lapse")
        if arrow is None:
            continue
        earlier, source = before(muster, "version"), muster.state
        muster.state, muster.ended_at, muster.version = arrow.target, now, muster.version + 1
        muster.ruling_due_at = None
        muster.case = case
        step = Turn(
            act="lapse", source=source, target=arrow.target, actor=None, post="", at=now, pack=pack.version,
            clause=arrow.row,
        )  # fmt: skip
        turn_muster(muster, step, earlier=earlier)
        ended += 1
    return ended
