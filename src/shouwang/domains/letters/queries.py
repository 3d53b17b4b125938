"""Lists, counts and single letters, always within a sight; and which letters are about a case or a step."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Count, Max, Q

from shouwang.domains.areas.pieces import Piece, seen

from .models import Cause, Handling, Letter
from .scopes import Sight

OPEN = ("issued", "received")
ROW = (
    "id", "county", "region", "kind", "state", "title", "title_ko", "number", "to_department", "to_post", "to_body",
    "made_at", "issued_at", "due_at", "due_provisional", "answered_at",
)  # fmt: skip


Spoken = tuple[UUID, str, str]


@dataclass(frozen=True, kw_only=True)
class Page:
    """One page of a keyset-paged list; `after` is the key of its last row, None on the last page."""

    rows: list[dict[str, Any]]
    after: tuple[datetime, UUID] | None


def one(sight: Sight, letter_id: UUID) -> Letter | None:
    """A letter in sight, else None: what may not be seen does not exist."""
    return Letter.objects.filter(Q(id=letter_id), seen(sight.pieces())).first()


def newest(
    pieces: Sequence[Piece],
    *,
    where: Mapping[str, str],
    late_at: datetime | None = None,
    after: tuple[datetime, UUID] | None = None,
    limit: int = 50,
) -> Page:
    """Letters of some pieces, newest first, in one statement; with `late_at` only those whose answer is overdue."""
    if not pieces:
        return Page(rows=[], after=None)
    wanted = Piece("TRUE", ())
    for name in ("kind", "state"):
        if where.get(name):
            wanted &= Piece(f"{name} = %s", (where[name],))
    if late_at is not None:
        wanted &= Piece("state = ANY(%s) AND due_at < %s", (list(OPEN), late_at))
    if after is not None:
        wanted &= Piece("(made_at, id) < (%s, %s)", after)
    order = f"ORDER BY made_at DESC, id DESC LIMIT {limit + 1:d}"
    walk = f"(SELECT {', '.join(ROW)} FROM letters_letter WHERE {{}} {order})"
    parts = [piece & wanted for piece in pieces]
    sql = " UNION ".join(walk.format(part.sql) for part in parts) + (f" {order}" if len(parts) > 1 else "")
    with connection.cursor() as cursor:
        cursor.execute(sql, [value for part in parts for value in part.values])
        rows = [dict(zip(ROW, row, strict=True)) for row in cursor.fetchall()]
    last = rows[limit - 1] if len(rows) > limit else None
    return Page(rows=rows[:limit], after=(last["made_at"], last["id"]) if last else None)


def waiting(pieces: Sequence[Piece], *, now: datetime) -> dict[str, int]:
    """How many letters wait to be approved, issued or closed, and for an answer, and how many of those are late."""
    return Letter.objects.filter(seen(pieces)).aggregate(
        drafted=Count("pk", filter=Q(state="drafted")),
        approved=Count("pk", filter=Q(state="approved")),
        unanswered=Count("pk", filter=Q(state__in=OPEN, due_at__isnull=False)),
        late=Count("pk", filter=Q(state__in=OPEN, due_at__lt=now)),
        answered=Count("pk", filter=Q(state="answered")),
    )


def causes_of(letter: Letter) -> list[Cause]:
    return list(Cause.objects.filter(county=letter.county, letter=letter).order_by("id"))


def handlings_of(letter: Letter) -> list[Handling]:
    return list(Handling.objects.filter(county=letter.county, letter=letter).order_by("at", "id"))


def about(counties: Sequence[str], subject: UUID) -> list[Letter]:
    """Every letter about a case, oldest first; who may see which is asked apart."""
    named = Cause.objects.filter(county__in=counties, subject=subject).values("letter_id")
    return list(Letter.objects.filter(county__in=counties, id__in=named).order_by("made_at", "id"))


def letters_of_steps(counties: Sequence[str], steps: Collection[UUID]) -> dict[UUID, Letter]:
    """{step of the ladder: its letter} for those that have one."""
    rows = Cause.objects.filter(county__in=counties, step__in=steps).select_related("letter")
    return {row.step: row.letter for row in rows if row.step}


def standing_draft(letter: Letter) -> Letter | None:
    """A draft of the house's own to the same recipient that nobody has touched yet."""
    return Letter.objects.filter(
        county=letter.county, region=letter.region, kind=letter.kind, state="drafted", hands=[],
        to_department=letter.to_department, to_post=letter.to_post, to_body=letter.to_body,
    ).first()  # fmt: skip


def spoken_of(county: str, kind: str, subjects: Collection[UUID]) -> dict[Spoken, datetime]:
    """{(case, department, body): when the newest letter of a kind about it was written to them}.

    What was withdrawn says nothing.
    """
    rows = Cause.objects.filter(county=county, subject__in=subjects, letter__kind=kind).order_by()
    named = rows.exclude(letter__state="withdrawn").values_list(
        "subject", "letter__to_department", "letter__to_body"
    )
    return {(case, department, body): at for case, department, body, at in named.annotate(Max("letter__made_at"))}


def written_about(county: str, kind: str, subjects: Collection[UUID]) -> set[UUID]:
    """Those of some cases that a letter of a kind was ever written about, withdrawn ones among them."""
    rows = Cause.objects.filter(county=county, subject__in=subjects, letter__kind=kind)
    return set(rows.values_list("subject", flat=True))


def subjects_of(letter: Letter) -> set[UUID]:
    return set(Cause.objects.filter(county=letter.county, letter=letter).values_list("subject", flat=True))


def last_serial(letter: Letter) -> int:
    """The highest number given in the letter's row of numbers, 0 for none."""
    rows = Letter.objects.filter(
        county=letter.county, region=letter.region, series=letter.series, year=letter.year
    )
    return int(rows.aggregate(last=Max("serial"))["last"] or 0)


def listed_among(county: str, subjects: Collection[UUID]) -> set[UUID]:
    """Those of some hazards that the government decided to list."""
    rows = Cause.objects.filter(county=county, subject__in=subjects, letter__decision="listed")
    return set(rows.values_list("subject", flat=True))


def addressed(county: str, letter_id: UUID) -> Letter | None:
    """A letter by its id, for the house itself: whom it has to be told to."""
    return Letter.objects.filter(county=county, id=letter_id).first()
