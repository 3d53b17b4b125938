"""Records are taken out as a table (台账导出): only where the post allows it, masked, under one line."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from shouwang.domains.ledger.acts import Act, keep_batch
from shouwang.domains.ledger.minting import mint
from shouwang.domains.people.actor import Actor, HeldPost
from shouwang.domains.records.personal import is_sealed, opened
from shouwang.domains.records.queries import newest
from shouwang.domains.records.wanting import Wanted
from shouwang.kernel.codes import covers
from shouwang.kernel.decision import Decision, Reason
from shouwang.policy import Pack
from shouwang.policy.record_shapes import RecordType
from shouwang.rules.field_showing import masked, shown
from shouwang.rules.scope import reach

from .record_words import type_of
from .refusal import Refused
from .sight import areas_for, pack_for, record_sight

ACTION, PAGE, MOST = "records.export", 500, 20_000
Rows = Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class Nobody:
    """Having entered a record lets one read it, not carry it away."""

    id: UUID = UUID(int=0)
    posts: tuple[Any, ...] = ()


@dataclass(frozen=True, kw_only=True)
class TakenOut:
    """How many records left the house, whether there were more, and the line that keeps it."""

    count: int
    more: bool
    line: UUID | None


def export_records(
    actor: Actor, wanted: Wanted, write: Callable[[Rows], None], *, now: datetime
) -> TakenOut:
    """Hand all records that fit to `write`, newest first, page by page. Raises NotSeen, Refused."""
    pack = pack_for(actor.county, now=now)
    kind = type_of(pack, wanted.type)
    if not areas_for(actor, ACTION):
        raise Refused(Decision(False, (Reason("not_held", {"action": ACTION}),), (pack.actions[ACTION],)))
    sight = replace(record_sight(actor, ACTION), viewer=Nobody())
    taken: list[UUID] = []
    after = None
    while len(taken) < MOST:
        page = newest(sight, wanted, limit=PAGE, after=after)
        write([_masked(pack, kind, row) for row in page.rows])
        taken += [row["id"] for row in page.rows]
        after = page.after
        if after is None:
            break
    line = _kept(actor, kind, taken, pack=pack, area=wanted.area, now=now)
    return TakenOut(count=len(taken), more=after is not None, line=line)


def _masked(pack: Pack, kind: RecordType, row: Mapping[str, Any]) -> dict[str, Any]:
    """A row as it may leave: what stands behind a mask stays there."""
    values = {
        name: masked(kind.fields[name], shown(pack, kind.fields[name], _clear(row, name), "zh"))
        if is_sealed(value)
        else value
        for name, value in row["values"].items()
        if name in kind.fields
    }
    return {**row, "values": values}


def _clear(row: Mapping[str, Any], name: str) -> Any:
    return opened(row["id"], {name: row["values"][name]})[name]


def _kept(
    actor: Actor, kind: RecordType, taken: Sequence[UUID], *, pack: Pack, area: str, now: datetime
) -> UUID | None:
    """One line for all of them: its digest tells later which records were in the table."""
    if not taken:
        return None
    post = _post(pack, actor, area)
    act = Act(
        room="records",
        name="export",
        region=area or post.region,
        at=now,
        pack=pack.version,
        actor=actor.id,
        post=post.kind,
        clause=kind.row,
    )
    items = [str(one).encode() for one in taken]
    return keep_batch(act, object_id=mint(now), kind=f"records.{kind.id}", items=items).id


def _post(pack: Pack, actor: Actor, area: str) -> HeldPost:
    """The post that allows it: one that covers the area asked for, else any."""
    allowing = [post for post in actor.posts if reach(pack, (post,), ACTION).verdict.areas]
    nearer = [post for post in allowing if any(covers(own, area) for own in post.territory)]
    return (nearer or allowing)[0]
