"""Looking again (复核委托): what the lot fell on or a station asked another for, and what still waits."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import models

from shouwang.domains.areas.pieces import seen
from shouwang.domains.ledger.acts import Act, keep
from shouwang.domains.ledger.events import evidence
from shouwang.domains.ledger.minting import mint, salt
from shouwang.domains.ledger.rows import Enclosed

from .events import DRAWN
from .models import Case, Transition
from .queries import Sight
from .telling_rows import Review

LOT, ASKED = "lot", "asked"
LOOKED = ("review_pass", "review_fail")


@dataclass(frozen=True, kw_only=True)
class Whom:
    """Whose people shall look, by when, and who asked them; nobody where the lot did."""

    department: str
    body: str
    at: datetime
    pack: str
    clause: str
    due_at: datetime | None = None
    actor: UUID | None = None
    post: str = ""


@dataclass(frozen=True, kw_only=True)
class Lot:
    """How the lot was drawn: anybody with the root and the ids draws the same."""

    day: date
    root: bytes
    percent: int


def ask_to_look(case: Case, whom: Whom, *, lot: Lot | None = None, told: Sequence[models.Model] = ()) -> Review:
    """Keep that another body looks. Raises IntegrityError for what was drawn already."""
    review = Review(
        id=mint(whom.at), county=case.county, region=case.region, salt=salt(), case=case,
        why=LOT if lot else ASKED, department=whom.department, body=whom.body, day=lot.day if lot else None,
        root=lot.root if lot else b"", percent=lot.percent if lot else None, at=whom.at, due_at=whom.due_at,
    )  # fmt: skip
    act = Act(
        room="hazards", name="draw" if lot else "ask_recheck", region=case.region, at=whom.at, pack=whom.pack,
        actor=whom.actor, post=whom.post, clause=whom.clause,
    )  # fmt: skip
    drawn: list[Enclosed] = []
    if lot:
        drawn.append(evidence(DRAWN, subject=case.id, region=case.region, room="hazards", at=whom.at))
    keep(act, subject=review, enclosed=drawn, also=told)
    return review


def closed_on(county: str, since: datetime, until: datetime) -> list[Case]:
    """Cases closed in a stretch of time that are closed still."""
    rows = Case.objects.filter(county=county, state="closed", closed_at__gte=since, closed_at__lt=until)
    return list(rows.order_by("id"))


def asked_of(case: Case) -> list[Review]:
    """Who was asked to look at a case, the newest first."""
    return list(Review.objects.filter(county=case.county, case=case).order_by("-at", "-id"))


def lot_waiting(case: Case, reviews: Sequence[Review], steps: Sequence[Transition]) -> Review | None:
    """The lot that fell on the closing that stands, while nobody has looked since."""
    drawn = next((one for one in reviews if one.why == LOT), None)
    if drawn is None or case.state != "closed" or case.closed_at is None or drawn.at < case.closed_at:
        return None
    return None if any(step.act in LOOKED and step.at >= drawn.at for step in steps) else drawn


def drawn_since(counties: Collection[str], day: date) -> list[tuple[Review, str]]:
    """What the lot fell on since a day, each with how it was found at the second look; "" while nobody has looked."""
    looked = Transition.objects.filter(
        county=models.OuterRef("county"), case=models.OuterRef("case"), act__in=LOOKED, at__gte=models.OuterRef("at")
    )
    rows = Review.objects.filter(county__in=sorted(counties), why=LOT, day__gte=day)
    found = rows.annotate(outcome=models.Subquery(looked.order_by("at").values("act")[:1]))
    return [(one, one.outcome or "") for one in found.order_by("-day", "county", "id")]


def waiting_within(sight: Sight, *, limit: int = 50) -> list[Review]:
    """Closings in sight that the lot fell on and nobody has looked at, the most pressing first."""
    cases = Case.objects.filter(seen(sight.pieces()), state="closed")
    later = Transition.objects.filter(
        county=models.OuterRef("county"), case=models.OuterRef("case"), act__in=LOOKED, at__gte=models.OuterRef("at")
    )
    rows = Review.objects.filter(
        ~models.Exists(later), county__in={area[:6] for area in sight.areas}, why=LOT, case__in=cases,
        case__closed_at__lte=models.F("at"),
    )  # fmt: skip
    return list(rows.select_related("case").order_by("due_at", "id")[:limit])
