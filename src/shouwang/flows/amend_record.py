"""A record is amended (修改台账): new values or the papers that were lacking; what it said before stays readable."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from shouwang.domains.areas.queries import kinds_of
from shouwang.domains.files.queries import attachments_of
from shouwang.domains.ledger.write import Stale
from shouwang.domains.people.actor import Actor
from shouwang.domains.records import services
from shouwang.domains.records.making import By, Said
from shouwang.domains.records.models import Record
from shouwang.domains.records.personal import is_sealed, opened
from shouwang.domains.records.queries import one
from shouwang.kernel.decision import Decision, Reason
from shouwang.policy import Pack
from shouwang.policy.record_shapes import RecordType
from shouwang.rules.filling import Filled, Form, fill, form_of
from shouwang.rules.record_acts import FROM, Act, Standing, acting_post, lacking_papers, may_act

from .delegated_entry import may_enter_for
from .record_areas import area_codes, unknown_areas
from .record_papers import Paper, attach_papers, strange_papers
from .record_words import allowed, of_values, type_of, unfit
from .refusal import Moved, NotSeen
from .sight import pack as current_pack
from .sight import pack_for, record_sight


@dataclass(frozen=True, kw_only=True)
class Amendment:
    """What shall stand now: all raw values, and papers that come to those already there.

    A personal value left blank stays as it is. `version` is the record somebody looked at: amending an older one
    is refused.
    """

    values: Mapping[str, object]
    version: int | None = None
    papers: tuple[Paper, ...] = field(default=())
    note: str = ""


def amend_record(actor: Actor, record_id: UUID, amendment: Amendment, *, now: datetime) -> Record:
    """Amend a record. Raises NotSeen, Unfit, Refused, Moved."""
    record, asked = seen_record(actor, record_id, version=amendment.version)
    pack = pack_for(record.region, now=now)
    allowed(judged_amend(actor, record, asked, pack=pack))
    form = form_of(pack, asked, record.form)
    kept = {name: value for name, value in record.values.items() if is_sealed(value)}
    filled = fill(form, amendment.values, today=now.astimezone(pack.zone).date(), standing=kept)
    present = {file.purpose for file in attachments_of(record.county, record.id)}
    present |= {paper.name for paper in amendment.papers}
    if faults := _faults(form, filled, amendment):
        raise unfit(pack, faults)
    files = attach_papers(
        amendment.papers, asked, actor=actor, pack=pack, record_id=record.id, region=record.region, now=now
    )
    values = _standing(record, kept, filled)
    said = Said(one=asked, form=record.form, values=values, period=filled.period)
    if values == record.values and said.period == record.period and not files:
        return record
    by = acting(actor, record, asked, "amend", pack=pack, note=amendment.note, now=now)
    try:
        services.amend_record(
            record, asked, said, by, lacking=bool(lacking_papers(asked, present)), files=files
        )
    except Stale:
        raise Moved(str(record_id)) from None
    return record


def _faults(form: Form, filled: Filled, amendment: Amendment) -> dict[str, Reason]:
    kinds = kinds_of(area_codes(form, filled.values))
    faults = of_values({**filled.faults, **unknown_areas(form, filled.values, kinds)})
    if len(amendment.note) > 500:
        faults["note"] = Reason("note_too_long", {"most": 500})
    return faults | strange_papers(form.one, amendment.papers)


def _standing(record: Record, kept: Mapping[str, Any], filled: Filled) -> dict[str, Any]:
    """The new values; a personal one that was not typed anew, or was typed as it stands, is kept as it is."""
    clear = opened(record.id, kept)
    same = {name: kept[name] for name in kept if filled.values.get(name, clear[name]) == clear[name]}
    return {**filled.values, **same}


def seen_record(actor: Actor, record_id: UUID, *, version: int | None = None) -> tuple[Record, RecordType]:
    """A record in sight and its type. Raises NotSeen, Moved."""
    record = one(record_sight(actor), record_id)
    if record is None:
        raise NotSeen(str(record_id))
    asked = type_of(current_pack(), record.type)
    if version is not None and version != record.version:
        raise Moved(str(record_id))
    return record, asked


def judged_act(
    actor: Actor, record: Record, asked: RecordType, act: Act, *, pack: Pack, note: str = ""
) -> Any:
    """Whether the person may do this to the record, with every reason."""
    authors = tuple(str(who) for who in (record.entered_by, record.said_by) if who)
    standing = Standing(region=record.region, state=record.state, authors=authors, lacking=record.lacking)
    return may_act(pack, asked, act, actor.posts, actor=str(actor.id), standing=standing, note=note)


def judged_amend(actor: Actor, record: Record, asked: RecordType, *, pack: Pack) -> Decision[bool]:
    """A post that enters such records amends them; a delegate what they entered, while the task is theirs."""
    judged: Decision[bool] = judged_act(actor, record, asked, "amend", pack=pack)
    if judged.verdict or record.state not in FROM["amend"] or record.entered_by != actor.id:
        return judged
    if may_enter_for(actor, pack, asked, region=record.region, period=record.period):
        return Decision(True, (Reason("allowed"),), judged.clauses)
    return judged


def acting(
    actor: Actor, record: Record, asked: RecordType, act: Act, *, pack: Pack, note: str, now: datetime
) -> By:
    post = acting_post(pack, asked, act, actor.posts, record.region) or actor.posts[0]
    return By(
        actor=actor.id, post=post.kind, department=post.department or "", at=now, pack=pack.version, note=note
    )
