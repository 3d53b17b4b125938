"""Which steps of the ladder ask something of somebody (督促): of those who verify, or of the level above."""

from collections.abc import Iterator
from datetime import UTC, datetime
from uuid import UUID

from shouwang.domains.duties.steps import Raised, raised
from shouwang.domains.people.actor import Actor
from shouwang.kernel.codes import county_of
from shouwang.rules.ladder import told_to

from .sight import pack as current_pack
from .sight import spelt_out

RUNGS = ("letter", "interview", "level_up")
NEWEST = datetime.max.replace(tzinfo=UTC), UUID(int=(1 << 128) - 1)


def to_follow(actor: Actor, *, limit: int, before: tuple[datetime, UUID] | None = None) -> list[Raised]:
    """The newest first, each once; empty for posts that no step is told to."""
    zone, found = str(current_pack().zone), {}
    for rung, duties, areas in _asked(actor):
        counties = sorted({county_of(area) for area in areas})
        rows = raised(areas, counties, [rung], duties, zone=zone, before=before or NEWEST, limit=limit)
        found |= {row.id: row for row in rows}
    return sorted(found.values(), key=lambda row: (row.at, row.id), reverse=True)[:limit]


def _asked(actor: Actor) -> Iterator[tuple[str, list[str], list[str]]]:
    """(rung, duties, areas of one length) for each post that is told a step of them."""
    pack = current_pack()
    for post in actor.posts:
        for rung in RUNGS:
            ladders = (duty for duty in pack.duties.values() if rung in duty.ladder)
            duties = [duty.id for duty in ladders if post.kind in told_to(pack, duty, rung)]
            areas = spelt_out(post.territory) if duties else []
            for length in sorted({len(area) for area in areas}):
                yield rung, duties, [area for area in areas if len(area) == length]
