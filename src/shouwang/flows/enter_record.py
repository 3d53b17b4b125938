"""A record is entered (登记台账): read, checked, kept with its papers; evidence at once where nobody must confirm."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from shouwang.domains.areas.queries import kinds_of
from shouwang.domains.ledger.idempotency import done_before, key_row
from shouwang.domains.ledger.rows import Enclosed
from shouwang.domains.people.actor import Actor
from shouwang.domains.records.making import By, Said, new_record
from shouwang.domains.records.models import PaperForm, Record
from shouwang.domains.records.papers import records_made_from, returned
from shouwang.domains.records.personal import says_the_same
from shouwang.domains.records.queries import known_outside, one
from shouwang.domains.records.services import keep_record
from shouwang.kernel.codes import county_of
from shouwang.kernel.decision import Decision, Reason
from shouwang.kernel.digest import seal
from shouwang.policy import Pack
from shouwang.policy.record_shapes import RecordType
from shouwang.rules.filling import Filled, Form, fill, form_of
from shouwang.rules.record_acts import entering_post, is_kept_here, lacking_papers, may_enter

from .delegated_entry import may_enter_for
from .paper_pages import find_pages
from .record_areas import Kinds, area_codes, unknown_areas, unknown_body
from .record_papers import Paper, attach_papers, strange_papers
from .record_words import PAPERS, allowed, of_values, type_of, unfit
from .sight import pack_for, record_sight

KEY, OUTSIDE = 64, 80
NUL = "\x00"


@dataclass(frozen=True, kw_only=True)
class Entry:
    """What a person enters: raw values as typed. `key` is minted with the form, so that sending twice acts once.

    `page` is the code of the printed form it was written on by hand: entered in the version of that page.
    """

    key: str
    type: str
    region: str
    values: Mapping[str, object]
    papers: tuple[Paper, ...] = field(default=())
    external_id: str = ""
    way: str = "form"
    page: str = ""


@dataclass(frozen=True, kw_only=True)
class Entered:
    """The record and whether it had been entered before, under this key or external id."""

    id: UUID
    county: str
    replayed: bool
    record: Record | None = None


def enter_record(actor: Actor, entry: Entry, *, now: datetime) -> Entered:
    """Enter a record. Raises NotSeen, Unfit, Refused, KeyReused."""
    pack = pack_for(entry.region, now=now)
    asked = type_of(pack, entry.type)
    page = _page(actor, entry, pack)
    form = form_of(pack, asked, page.form if page else None)
    filled = fill(form, entry.values, today=now.astimezone(pack.zone).date())
    kinds = kinds_of({entry.region, *area_codes(form, filled.values)})
    if (stray := unknown_body(entry.region, kinds)) is not None:
        raise unfit(pack, {"region": stray})
    judged = may_enter(pack, asked, actor.posts, region=entry.region, kind=kinds[entry.region])
    if not (judged.verdict or _is_delegate(actor, entry, filled, judged, asked=asked, pack=pack)):
        allowed(judged)
    if faults := _faults(form, entry, filled, kinds):
        raise unfit(pack, faults)
    return _kept(actor, entry, form, filled=filled, page=page, now=now)


def _is_delegate(
    actor: Actor, entry: Entry, filled: Filled, judged: Decision[bool], *, asked: RecordType, pack: Pack
) -> bool:
    """Whether a task passed on opens this record to a person whose post does not."""
    return is_kept_here(judged) and may_enter_for(actor, pack, asked, region=entry.region, period=filled.period)


def _page(actor: Actor, entry: Entry, pack: Pack) -> PaperForm | None:
    """The printed form an entry comes from, which must be of its type and body. Raises Unfit."""
    if not entry.page:
        return None
    page = find_pages(actor, [entry.page]).get(entry.page)
    if page is None or (page.type, page.region) != (entry.type, entry.region):
        raise unfit(pack, {"page": Reason("page_of_another", {"typed": entry.page})})
    return page


def _faults(form: Form, entry: Entry, filled: Filled, kinds: Kinds) -> dict[str, Reason]:
    faults = of_values({**filled.faults, **unknown_areas(form, filled.values, kinds)})
    faults |= strange_papers(form.one, entry.papers)
    lacking = lacking_papers(form.one, {paper.name for paper in entry.papers})
    faults |= {PAPERS + name: reason for name, reason in lacking.items()}
    if not 0 < len(entry.key) <= KEY or NUL in entry.key:
        faults["key"] = Reason("key_unfit", {"most": KEY})
    if len(entry.external_id) > OUTSIDE or NUL in entry.external_id:
        faults["external_id"] = Reason("key_unfit", {"most": OUTSIDE})
    return faults


def _kept(
    actor: Actor, entry: Entry, form: Form, *, filled: Filled, page: PaperForm | None, now: datetime
) -> Entered:
    pack = form.pack
    by = by_of(actor, form.one, entry.region, pack=pack, now=now)
    said = Said(one=form.one, form=form.version, values=filled.values, period=filled.period)
    record = new_record(said, region=entry.region, by=by, way=entry.way, external_id=entry.external_id)
    files: list[Enclosed] = [
        *attach_papers(
            entry.papers, form.one, actor=actor, pack=pack, record_id=record.id, region=record.region, now=now
        )
    ]
    files += [returned(page, record, by)] if page else []
    print_ = _fingerprint(entry)
    key = key_row(
        entry.key, region=record.region, actor=actor.id, fingerprint=print_, object_id=record.id, at=now
    )
    try:
        with transaction.atomic():
            keep_record(record, form.one, by, files=files, also=[key])
    except IntegrityError:
        return _done_before(actor, entry, filled, fingerprint=print_, page=page, pack=pack)
    return Entered(id=record.id, county=record.county, replayed=False, record=record)


def by_of(actor: Actor, asked: RecordType, region: str, *, pack: Pack, now: datetime) -> By:
    """Who enters, by the post nearest to the body; a delegate by the post they hold."""
    post = entering_post(pack, asked, actor.posts, region) or actor.posts[0]
    return By(actor=actor.id, post=post.kind, department=post.department or "", at=now, pack=pack.version)


def _done_before(
    actor: Actor, entry: Entry, filled: Filled, *, fingerprint: bytes, page: PaperForm | None, pack: Pack
) -> Entered:
    """The same form, page or outside record sent again gives the first one; another under its id is a fault."""
    county = county_of(entry.region)
    if page and (made := records_made_from([page]).get(page.id)):
        return Entered(id=made, county=county, replayed=True)
    done = done_before(entry.key, county=county, actor=actor.id, fingerprint=fingerprint)
    if done is not None:
        return Entered(id=done, county=county, replayed=True)
    taken = known_outside([county], entry.type, [entry.external_id]).get((county, entry.external_id))
    if taken is None:
        raise IntegrityError("neither the key nor the external id was used before")
    record = one(record_sight(actor), taken)
    if record is None or not says_the_same(record, filled.values, filled.period, region=entry.region):
        raise unfit(pack, {"external_id": Reason("external_id_taken", {"typed": entry.external_id})})
    return Entered(id=record.id, county=county, replayed=True)


def _fingerprint(entry: Entry) -> bytes:
    papers = [paper.named for paper in entry.papers]
    values = {name: _plain(value) for name, value in entry.values.items()}
    plain = {name: value for name, value in vars(entry).items() if name not in ("papers", "values")}
    return seal(b"request", {**plain, "papers": papers, "values": values})


def _plain(value: object) -> object:
    return [str(one) for one in value] if isinstance(value, list | tuple) else str(value)
