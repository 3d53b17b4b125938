"""Lists, counts and single cases, always within a reach: the areas a person's posts open, and own cases."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Count, Q
from django.db.models.functions import Left
from psycopg.pq import Format

from shouwang.domains.areas.pieces import Piece, seen, within
from shouwang.domains.ledger.totals import counts
from shouwang.kernel.lineage import NONE, Lineage

from .models import ENDED_STATES as ENDED_STATES
from .models import OPEN, OPEN_STATES, Case, Summons, Transition
from .models import WORKING_STATES as WORKING_STATES
from .scopes import Viewer, party, walked

STATES = (*OPEN_STATES, *ENDED_STATES)
ROW = (
    "id", "code", "kind", "grade", "state", "place", "county", "region", "department", "body",
    "reported_at", "due_at", "due_provisional", "closed_at", "version",
)  # fmt: skip
# Spelt out, so that a prepared statement can use the partial indexes of open cases.
STILL_OPEN = Piece("state IN ({})".format(", ".join(f"'{state}'" for state in OPEN_STATES)), ())


@dataclass(frozen=True, kw_only=True)
class Page:
    """One page of a keyset-paged list; `after` is the key of its last row, None on the last page."""

    rows: list[dict[str, Any]]
    after: tuple[datetime, UUID] | None


@dataclass(frozen=True)
class Open:
    """How many cases are open, and how many of these are overdue."""

    n: int = 0
    late: int = 0

    def __add__(self, other: "Open") -> "Open":
        return Open(self.n + other.n, self.late + other.late)


@dataclass(frozen=True, kw_only=True)
class Sight:
    """What a person may see of cases: areas by territory, and the cases they are a party to."""

    areas: tuple[str, ...]
    viewer: Viewer

    def pieces(self) -> list[Piece]:
        """Conditions whose union is the sight; the party's are left out where territory covers them."""
        return [*within(self.areas), *party(self.viewer, self.areas)]

    def walks(self) -> list[Piece]:
        """The same for a list, whose rows are read in its order."""
        return [*walked(self.areas), *party(self.viewer, self.areas)]


def one(sight: Sight, case_id: UUID) -> Case | None:
    """A case in sight, else None: what may not be seen does not exist."""
    return _first(sight, Q(id=case_id))


def by_code(code: str) -> Case | None:
    """A case by the code its reporter holds; the code names the county."""
    return Case.objects.filter(county__endswith=code[:4], code=code).first()


def of_code(sight: Sight, code: str) -> Case | None:
    return _first(sight, Q(county__endswith=code[:4], code=code))


def chosen(sight: Sight, ids: Sequence[UUID]) -> list[Case]:
    """Those of some cases that are in sight, the most pressing first."""
    return list(Case.objects.filter(Q(id__in=ids), seen(sight.pieces())).order_by("due_at", "id")) if ids else []


def of_ids(county: str, ids: Sequence[UUID]) -> list[Case]:
    """Cases of a county by their ids, for the house itself."""
    return list(Case.objects.filter(county=county, id__in=ids).order_by("due_at", "id")) if ids else []


def given_to(county: str, id: UUID) -> tuple[str, str] | None:  # noqa: A002
    """Which department a case is with, and which body of it."""
    return Case.objects.filter(county=county, id=id).values_list("department", "body").first()


def open_of_grade(county: str, grade: str) -> list[Case]:
    """Open cases of a county of one grade, for the house itself."""
    return list(Case.objects.filter(OPEN, county=county, grade=grade).order_by("due_at", "id"))


def _first(sight: Sight, wanted: Q) -> Case | None:
    return Case.objects.filter(wanted, seen(sight.pieces())).first()


def newest(
    sight: Sight,
    *,
    limit: int = 50,
    after: tuple[datetime, UUID] | None = None,
    where: Mapping[str, Any] | None = None,
) -> Page:
    """Cases in sight, newest first, in one statement whatever the territory."""
    wanted = _wanted(Q(**(where or {})))
    if after is not None:
        wanted &= Piece("(reported_at, id) < (%s, %s)", after)
    rows = _merged(sight, wanted, order="reported_at DESC, id DESC", limit=limit + 1)
    last = rows[limit - 1] if len(rows) > limit else None
    return Page(rows=rows[:limit], after=(last["reported_at"], last["id"]) if last else None)


def open_by_due(
    sight: Sight,
    *,
    limit: int = 50,
    after: tuple[datetime, UUID] | None = None,
    where: Mapping[str, Any] | None = None,
    until: datetime | None = None,
) -> Page:
    """Open cases in sight, the most pressing first; `until` bounds the deadline."""
    wanted = STILL_OPEN & _wanted(Q(**(where or {})))
    if until is not None:
        wanted &= Piece("due_at < %s", (until,))
    if after is not None:
        wanted &= Piece("(due_at, id) > (%s, %s)", after)
    rows = _merged(sight, wanted, order="due_at, id", limit=limit + 1)
    last = rows[limit - 1] if len(rows) > limit else None
    return Page(rows=rows[:limit], after=(last["due_at"], last["id"]) if last else None)


def _wanted(wanted: Q) -> Piece:
    """Filters as the ORM writes them; without any, a list need not ask it."""
    if not wanted:
        return Piece("TRUE", ())
    query = Case.objects.filter(wanted).query
    try:
        sql, values = query.get_compiler(connection=connection).compile(query.where)
    except EmptyResultSet:
        return Piece("FALSE", ())
    return Piece(sql or "TRUE", tuple(values))


def _merged(sight: Sight, wanted: Piece, *, order: str, limit: int) -> list[dict[str, Any]]:
    """Each piece walks its own index to `limit` rows; the union is then cut (design §3, Region code)."""
    pieces = [_unseen(piece) & wanted for piece in sight.walks()]
    if not pieces:
        return []
    walk = f"(SELECT {', '.join(ROW)} FROM hazards_case WHERE {{}} ORDER BY {order} LIMIT {limit:d})"
    sql = " UNION ALL ".join(walk.format(piece.sql) for piece in pieces)
    if len(pieces) > 1:
        # Who is both in the area and a party stands in two pieces; told apart by the key of the list, they are merged
        # in its order and never sorted.
        key = order.replace(" DESC", "")
        sql = f"SELECT DISTINCT ON ({key}) * FROM ({sql}) AS merged ORDER BY {order} LIMIT {limit:d}"
    with connection.cursor() as cursor:
        # Times and ids come as they are stored: reading them as text costs more than the whole statement.
        cursor.cursor.format = Format.BINARY
        cursor.execute(sql, [value for piece in pieces for value in piece.values])
        return [dict(zip(ROW, row, strict=True)) for row in cursor.fetchall()]


def _unseen(piece: Piece) -> Piece:
    """Values behind a SELECT of their own: the planner cannot see them.

    Whose list it is changes nothing in how it is read, so one plan serves all; seeing that one department has less than
    most, PostgreSQL plans its list anew each time, which takes longer than reading it.
    """
    return Piece(piece.sql.replace("%s", "(SELECT %s)"), piece.values)


def pressing(
    sight: Sight, *, now: datetime, until: datetime, where: Mapping[str, Any] | None = None
) -> dict[str, int]:
    """How many open cases in sight are overdue, fall due before `until`, or wait for a re-check; exact."""
    working = ~Q(state="submitted")
    return Case.objects.filter(OPEN, seen(sight.pieces()), **(where or {})).aggregate(
        overdue=Count("pk", filter=working & Q(due_at__lt=now)),
        today=Count("pk", filter=working & Q(due_at__gte=now, due_at__lt=until)),
        recheck=Count("pk", filter=Q(state="submitted")),
        open=Count("pk"),
    )


def open_by_grade(
    counties: Sequence[str], *, length: int, now: datetime, lineage: Lineage = NONE
) -> dict[tuple[str, str], Open]:
    """Open cases and how many of them are overdue, by (area of `length` digits, grade)."""
    found = Case.objects.filter(OPEN, county__in=lineage.counties_with(counties))
    rows = found.values_list(Left("region", lineage.depth(length)), "grade")
    late = Count("pk", filter=~Q(state="submitted") & Q(due_at__lt=now))
    counted = rows.annotate(n=Count("pk"), late=late).order_by()
    return lineage.folded({(area, grade): Open(n, overdue) for area, grade, n, overdue in counted}, length)


def steps_of(case: Case) -> list[Transition]:
    return list(Transition.objects.filter(county=case.county, case=case).order_by("at", "id"))


def summoned_to(case: Case) -> list[Summons]:
    return list(Summons.objects.filter(county=case.county, case=case).order_by("at", "id"))


def state_counts(
    counties: Sequence[str], *, length: int, lineage: Lineage = NONE
) -> dict[tuple[str, str], int]:
    """Exact cases by (area, state), by areas of `length` digits (6 county, 9 township, 12 village)."""
    measures = [f"hazards.state.{state}" for state in STATES]
    found = counts(counties, measures, length=length, lineage=lineage)
    return {(area, measure.rsplit(".", 1)[1]): n for (area, measure), n in found.items()}


def month_counts(counties: Sequence[str], *, length: int, month: str) -> dict[tuple[str, str], int]:
    """Cases reported, closed, closed in time and inside the grid in a month, by (area, measure)."""
    measures = [f"hazards.{name}" for name in ("reported", "closed", "closed_in_time", "closed_in_grid")]
    found = counts(counties, measures, length=length, period=month)
    return {(area, measure.split(".", 1)[1]): n for (area, measure), n in found.items()}


def past_cases(counties: Sequence[str], *, since: datetime, limit: int) -> list[dict[str, Any]]:
    """What cases stated for the decision tables, the newest first."""
    rows = Case.objects.filter(county__in=list(counties), reported_at__gte=since)
    return list(rows.order_by("-reported_at", "-id").values("code", "kind", "site", "facts", "reported_at")[:limit])


def any_case() -> bool:
    """Whether anything was ever reported here."""
    return Case.objects.exists()
