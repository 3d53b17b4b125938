"""场所主页: whoever answers for a place does there what is theirs, without an account: rounds, training, fixes.

The owner's code is handed over in person. A fix goes to the re-check like any other; no page tells who was taught.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from shouwang.domains.hazards.models import WORKING_STATES, Case
from shouwang.domains.hazards.queries import of_ids
from shouwang.domains.ledger.acts import By
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

from .act_once import done_once
from .advance_hazard import NOTE, SUBMIT, Move, moved
from .forget_people import months_kept
from .households_sight import secret_mark
from .looking import looked
from .photos import Photo
from .record_visit import list_for
from .refusal import NotSeen, Refused, TooOften, Unfit, key_fault, too_long
from .sight import pack_for

TAUGHT, A_DAY, MOST_PEOPLE = "site.trained", 24, 200
BEGINNING = ("joined", "moved")
KINDS = ("regular", *BEGINNING)
PERSON, TOPIC = 40, 120


class Closed(Exception):
    """The place is no longer there: its name, and from which day."""

    def __init__(self, name: str, on: date) -> None:
        super().__init__(name)
        self.name, self.on = name, on


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
    keeps: int | None


@dataclass(frozen=True, kw_only=True)
class Lesson:
    """Staff were taught: by a `lesson` of the house or by something else that `topic` names.

    Those who are new, or new at their post, began work on `began_on`.
    """

    key: str
    kind: str
    on: date | None
    began_on: date | None = None
    people: Sequence[str] = ()
    lesson: str = ""
    topic: str = ""


def open_site(code: str, *, now: datetime) -> Owned:
    """Raises NotSeen, Closed."""
    site = behind(code)
    if site is None:
        raise NotSeen(code[:4])
    if site.closed_on is not None:
        raise Closed(site.name, site.closed_on)
    pack, cases = pack_for(site.region, now=now), of_ids(site.county, cases_of_site(site.county, site.id))
    kind = pack.sites.get(site.kind)
    return Owned(
        site=site, pack=pack, list=list_for(pack, home=False, site=site.kind, region=site.region, now=now),
        duties=duties_of(pack, site.kind),
        to_fix=[case for case in cases if case.state in WORKING_STATES],
        handed_in=[case for case in cases if case.state == "submitted"],
        rounds=rounds_of(site), taught=taught_in(site), logs=bool(kind and kind.log),
        keeps=months_kept(pack, on=now.astimezone(pack.zone).date()),
    )  # fmt: skip


def duties_of(pack: Pack, kind: str) -> Sequence[Duty]:
    """What the plan asks of a unit, as far as it asks it of places of this kind."""
    asked = [duty for duty in pack.duties.values() if duty.bearer.post == pack.wiring.posts.unit]
    return [duty for duty in asked if duty.objects is None or fits(duty.objects.where, {"kind": kind})]


def go_round(owned: Owned, answers: Mapping[str, str], *, key: str, version: int, now: datetime) -> Sequence[str]:
    """Keep a round; returns the points that are not well. Raises Unfit, TooOften, KeyReused."""
    site, found = owned.site, mint(now)
    given, bad = looked(owned.list, answers, key=key)
    row = Round(
        id=found, county=site.county, region=site.region, salt=salt(), site=site, checklist=owned.list.id,
        version=version, answers=given, at=now,
    )  # fmt: skip

    def keep() -> None:
        _spent((one.at for one in rounds_of(site, limit=A_DAY)), now=now)
        services.keep_round(row, kind=site.kind, well=not bad, by=_by(owned, owned.list.row, now=now))

    said = seal(b"round", {"site": str(site.id), **given})
    done_once(None, key, said, keep, on=found, region=site.region, now=now)
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
    begins = told.began_on if told.kind in BEGINNING else None
    began_at = datetime.combine(begins, time(12), owned.pack.zone) if begins else None
    clause = next((duty for duty in owned.pack.duties.values() if duty.evidence.kind == TAUGHT), None)

    def keep() -> None:
        _spent((one.entered_at for one in taught_in(site, limit=A_DAY)), now=now)
        by = _by(owned, clause.row if clause else owned.list.row, now=now)
        services.keep_taught(row, occurred=noon, by=by, record=owned.pack.wiring.records.staff, began_at=began_at)

    dates = {"on": str(told.on)} | ({"began_on": str(told.began_on)} if told.began_on else {})
    said = {"kind": told.kind, "lesson": told.lesson, "topic": told.topic, "people": people, **dates}
    said["site"] = str(site.id)
    done_once(None, told.key, secret_mark("taught", said), keep, on=found, region=site.region, now=now)


def fix_of_owner(  # noqa: PLR0913
    owned: Owned, case_id: UUID, *, note: str, photos: tuple[Photo, ...], now: datetime,
    key: str, done_at: datetime | None = None,
) -> None:  # fmt: skip
    """The owner shows what was put right; somebody else looks at it. Under its `key` it is handed in once.

    Raises NotSeen, Unfit, Refused, Moved, KeyReused.
    """
    told = {"case": str(case_id), "note": note, "photos": [photo.named for photo in photos]}
    move = Move(act=SUBMIT, note=note, photos=photos, fixer=owned.site.id, done_at=done_at)
    if fault := key_fault(key):
        raise Unfit({"key": fault})
    site, said = owned.site, seal(b"fix", told)
    done_once(None, key, said, lambda: _fixed(owned, case_id, move, now=now), on=case_id, region=site.region, now=now)


def _fixed(owned: Owned, case_id: UUID, move: Move, *, now: datetime) -> None:
    note, photos = move.note, move.photos
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
    moved(None, case, move, judged=judged, pack=owned.pack, now=now)


def _spent(times: Iterable[datetime], *, now: datetime) -> None:
    """Raises TooOften."""
    if sum(now - at < timedelta(days=1) for at in times) >= A_DAY:
        raise TooOften


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
    if told.kind in BEGINNING and told.began_on is None:
        faults["began_on"] = _("Say on which day they began, or will begin, this work.")
    if not 0 < len(people) <= MOST_PEOPLE:
        faults["people"] = _("Write who was taught, one in each line.")
    elif fault := next((fault for name in people if (fault := too_long(name, PERSON))), ""):
        faults["people"] = fault
    if faults:
        raise Unfit(faults)
