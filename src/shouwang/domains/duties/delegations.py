"""Work passed to a named person (委派): offered, accepted or declined, taken back; one ledger line each."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from shouwang.domains.ledger.acts import Act, before, keep
from shouwang.domains.ledger.events import evidence
from shouwang.domains.ledger.minting import mint, salt
from shouwang.domains.ledger.rows import Enclosed
from shouwang.kernel.codes import county_of

from .acting import About, By, clause_of, notice
from .events import DELEGATED
from .models import Delegation, Notice

OPEN = ("offered", "accepted")


@dataclass(frozen=True, kw_only=True)
class Passed:
    """What is passed on: a standing of a body, and whether the periods after it go along."""

    region: str
    duty: str
    period: str
    subject: UUID
    since: datetime | None = None
    onward: bool = False


def pass_on(passed: Passed, receiver: UUID, *, note: str, by: By) -> Delegation:
    """Raises IntegrityError when it is passed on already."""
    assert by.actor is not None
    given = Delegation(
        id=mint(by.at),
        county=county_of(passed.region),
        region=passed.region,
        salt=salt(),
        duty=passed.duty,
        period=passed.period,
        subject=passed.subject,
        onward=passed.onward,
        since=passed.since,
        giver=by.actor,
        giver_post=by.post,
        receiver=receiver,
        state="offered",
        note=note,
        at=by.at,
    )
    keep(_act("delegate", given, by), subject=given, also=[_told("offered", given, receiver, by.at)])
    return given


def answer(given: Delegation, state: str, *, words: str, by: By) -> None:
    """`accepted`, `declined` or `taken_back`; the other side is told. Raises Stale when somebody was first."""
    earlier = before(given, "state")
    other = given.receiver if state == "taken_back" else given.giver
    given.state, given.answer, given.answered_at = state, words, by.at
    enclosed: list[Enclosed] = [_accepted(given, by.at)] if state == "accepted" else []
    keep(
        _act(NAMES[state], given, by),
        subject=given,
        changed=(earlier, ("state", "answer", "answered_at")),
        enclosed=enclosed,
        also=[_told(state, given, other, by.at)],
    )


NAMES = {"accepted": "accept_delegation", "declined": "decline_delegation", "taken_back": "take_back"}


def given(county: str, id: UUID) -> Delegation | None:  # noqa: A002
    return Delegation.objects.filter(county=county, id=id).first()


def given_to(person: UUID, counties: Collection[str]) -> list[Delegation]:
    """What is open with somebody, the newest first."""
    rows = Delegation.objects.filter(county__in=counties, receiver=person, state__in=OPEN)
    return list(rows.order_by("-at"))


def accepted_in(county: str) -> list[Delegation]:
    """Everything somebody does for a body of the county now."""
    return list(Delegation.objects.filter(county=county, state="accepted"))


def open_about(county: str, keys: Sequence[tuple[str, UUID, str]]) -> list[Delegation]:
    """Open ones of standings told by (duty, subject, region)."""
    if not keys:
        return []
    named = Q(subject__in={subject for _, subject, _ in keys}) | Q(
        onward=True, region__in={region for *_, region in keys}
    )
    rows = Delegation.objects.filter(
        named, county=county, state__in=OPEN, duty__in={duty for duty, *_ in keys}
    )
    return list(rows.order_by("at"))


def past_about(county: str, *, duty: str, subject: UUID) -> list[Delegation]:
    """All that ever passed about one standing, oldest first."""
    return list(Delegation.objects.filter(county=county, duty=duty, subject=subject).order_by("at"))


def _accepted(row: Delegation, at: datetime) -> Enclosed:
    return evidence(
        DELEGATED,
        subject=row.subject,
        region=row.region,
        room="duties",
        at=at,
        occurred_at=at,
        facts={"duty": row.duty, **({"period": row.period} if row.period else {})},
    )


def _act(name: str, row: Delegation, by: By) -> Act:
    return by.act(name, region=row.region, clause=clause_of("duties.delegate"))


def _told(sort: str, row: Delegation, recipient: UUID, at: datetime) -> Notice:
    about = About(region=row.region, duty=row.duty, period=row.period, subject=row.subject)
    event = row.id if sort == "offered" else mint(at)
    return notice(sort, event=event, recipient=recipient, about=about, at=at)
