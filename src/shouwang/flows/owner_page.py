"""场所主页: whoever answers for a place does there what is theirs, without an account: rounds, training, fixes.

The owner's code is handed over in person. A fix goes to the re-check like any other; no page tells who was taught.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from shouwang.domains.hazards.models import WORKING_STATES, Case
from shouwang.domains.hazards.queries import of_ids
from shouwang.domains.ledger.acts import By
from shouwang.domains.ledger.idempotency import done_before, key_row
from shouwang.domains.ledger.minting import mint, salt
from shouwang.domains.patrols.queries import cases_of_site
from shouwang.domains.sites import services
from shouwang.domains.sites.codes import PEOPLE, SEALS
from shouwang.domains.sites.models import Round, Site, Taught
from shouwang.domains.sites.queries import behind, rounds_of, taught_in
from shouwang.kernel.digest import seal
from shouwang.policy import Pack
from shouwang.policy.checklist_shapes import Checklist
from shouwang.policy.duty_shapes import Duty
from shouwang.rules.seen import fits
from shouwang.rules.transitions import ActFacts, may
from shouwang.rules.visiting import BAD, OK

from .advance_hazard import NOTE, Move, moved
from .households_sight import secret_mark
from .photos import Photo
from .record_visit import list_for
from .refusal import NotSeen, Refused, Unfit, key_fault, too_long
from .sight import pack_for

SUBMIT, TAUGHT, A_DAY, MOST_PEOPLE = "submit", "site.trained", 24, 200
KINDS = ("regular", "joined", "moved")
PERSON, TOPIC = 40, 120


class TooOften(Exception):
    """More of a day than any place does."""


@dataclass(frozen=True, kw_only=True)
class Owned:
    """A place as its owner sees it: what is owed, what is to be fixed, what was done."""

    site: Site
    pack: Pack
    list: Checklist
    duties: Sequence[Duty]
    to_fix: Sequence[Case]
    handed_in: Sequence[Case]
    rounds: Sequence[Round]
    taught: Sequence[Taught]
    logs: bool


@dataclass(frozen=True, kw_only=True)
class Lesson:
    """Staff were taught: by a `lesson` of the house or by something else that `topic` names."""

    key: str
    kind: str
    on: date | None
    people: Sequence[str]
    lesson: str = ""
    topic: str = ""


def open_site(code: str, *, now: datetime) -> Owned:
    """Raises NotSeen."""
    site = behind(code)
    if site is None:
        raise NotSeen(code[:4])
    pack, cases = pack_for(site.region, now=now), of_ids(site.county, cases_of_site(site.county, site.id))
    kind = pack.sites.get(site.kind)
    return Owned(
        site=site, pack=pack, list=list_for(pack, home=False, site=site.kind, region=site.region, now=now),
        duties=duties_of(pack, site.kind),
        to_fix=[case for case in cases if case.state in WORKING_STATES],
        handed_in=[case for case in cases if case.state == "submitted"],
        rounds=rounds_of(site), taught=taught_in(site), logs=bool(kind and kind.log),
    )  # fmt: skip


def duties_of(pack: Pack, kind: str) -> Sequence[Duty]:
    """What the plan asks of a unit, as far as it asks it of places of this kind."""
    asked = [duty for duty in pack.duties.values() if duty.bearer.post == pack.wiring.posts.unit]
    return [duty for duty in asked if duty.objects is None or fits(duty.objects.where, {"kind": kind})]


def go_round(owned: Owned, answers: Mapping[str, str], *, key: str, version: int, now: datetime) -> Sequence[str]:
    """Keep a round; returns the points that are not well. Raises Unfit, TooOften, KeyReused."""
    site, known = owned.site, {point.id for point in owned.list.points}
    given = {name: value for name, value in answers.items() if name in known and value in (OK, BAD)}
    faults = {"key": fault} if (fault := key_fault(key)) else {}
    if not given:
        faults["answers"] = _("Say of at least one thing how it is.")
    if faults:
        raise Unfit(faults)
    found = mint(now)
    row = Round(
        id=found, county=site.county, region=site.region, salt=salt(), site=site, checklist=owned.list.id,
        version=version, answers=given, at=now,
    )  # fmt: skip
    bad = [name for name, value in given.items() if value == BAD]

    def keep(also: Sequence[models.Model]) -> None:
        by = _by(owned, owned.list.row, now=now)
        services.keep_round(row, kind=site.kind, well=not bad, by=by, also=also)

    today = sum(now - one.at < timedelta(days=1) for one in rounds_of(site, limit=A_DAY))
    _once(owned, key, seal(b"round", {"site": str(site.id), **given}), found, keep, today=today, now=now)
    return bad


def teach(owned: Owned, told: Lesson, *, now: datetime) -> None:
    """Keep that staff were taught. Raises Unfit, TooOften, KeyReused."""
    people = [name for one in told.people if (name := one.strip())]
    _check_lesson(owned, told, people, now=now)
    assert told.on is not None
    site, found = owned.site, mint(now)
    row = Taught(
        id=found, county=site.county, region=site.region, salt=salt(), site=site, kind=told.kind, lesson=told.lesson,
        topic=told.topic, persons=len(people), people=SEALS.seal(found, PEOPLE, people), on=told.on, entered_at=now,
    )  # fmt: skip
    noon = datetime.combine(told.on, time(12), owned.pack.zone)
    clause = next((duty for duty in owned.pack.duties.values() if duty.evidence.kind == TAUGHT), None)

    def keep(also: Sequence[models.Model]) -> None:
        by = _by(owned, clause.row if clause else owned.list.row, now=now)
        services.keep_taught(row, occurred=noon, by=by, also=also)

    said = {**vars(told), "site": str(site.id), "on": str(told.on), "people": people}
    said.pop("key")
    today = sum(now - one.entered_at < timedelta(days=1) for one in taught_in(site, limit=A_DAY))
    _once(owned, told.key, secret_mark("taught", said), found, keep, today=today, now=now)


def fix_of_owner(owned: Owned, case_id: UUID, *, note: str, photos: tuple[Photo, ...], now: datetime) -> Case:
    """The owner shows what was put right; somebody else looks at it. Raises NotSeen, Unfit, Refused, Moved."""
    case = next((one for one in owned.to_fix if one.id == case_id), None)
    if case is None:
        raise NotSeen(str(case_id))
    if fault := too_long(note, NOTE):
        raise Unfit({"note": fault})
    after = sum(photo.purpose == "after" for photo in photos)
    facts = ActFacts(
        actor=str(owned.site.id), holds=True, is_assignee=True, photos=after, pictures=len(photos), reason=note
    )
    judged = may(owned.pack, case.state, SUBMIT, facts)
    if not judged.verdict:
        raise Refused(judged)
    # Whoever fixed it does not verify it: the place itself stands for its owner, who has no account.
    move, nobody = Move(act=SUBMIT, note=note, photos=photos, fixer=owned.site.id), None
    return moved(nobody, case, move, judged=judged, pack=owned.pack, now=now)


def _once(
    owned: Owned, key: str, fingerprint: bytes, found: UUID, keep: Any, *, today: int, now: datetime
) -> None:
    """The same form sent twice acts once. Raises TooOften, KeyReused."""
    site = owned.site
    if done_before(key, county=site.county, actor=None, fingerprint=fingerprint) is not None:
        return
    if today >= A_DAY:
        raise TooOften
    row = key_row(key, region=site.region, actor=None, fingerprint=fingerprint, object_id=found, at=now)
    try:
        with transaction.atomic():
            keep([row])
    except IntegrityError:
        if done_before(key, county=site.county, actor=None, fingerprint=fingerprint) is None:
            raise


def _by(owned: Owned, clause: str, *, now: datetime) -> By:
    return By(actor=None, post="", at=now, pack=owned.pack.version, clause=clause)


def _check_lesson(owned: Owned, told: Lesson, people: Sequence[str], *, now: datetime) -> None:
    faults = {"key": fault} if (fault := key_fault(told.key)) else {}
    if told.kind not in KINDS:
        faults["kind"] = _("Choose one of these.")
    if not told.lesson and not told.topic:
        faults["topic"] = _("Say what was taught, or choose a lesson.")
    elif told.lesson and told.lesson not in owned.pack.lessons:
        faults["lesson"] = _("This lesson is not known here.")
    if fault := too_long(told.topic, TOPIC):
        faults["topic"] = fault
    if told.on is None:
        faults["on"] = _("A day is written 2026-11-26.")
    elif told.on > now.astimezone(owned.pack.zone).date():
        faults["on"] = _("This day has not come yet.")
    if not 0 < len(people) <= MOST_PEOPLE:
        faults["people"] = _("Write who was taught, one in each line.")
    elif fault := next((fault for name in people if (fault := too_long(name, PERSON))), ""):
        faults["people"] = fault
    if faults:
        raise Unfit(faults)
