"""Departments that were called, as lists and as the story of a case, always within a reach (部门报到清单)."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL

from shouwang.domains.areas.pieces import Piece, below, seen, within
from shouwang.kernel.codes import county_of, prefix_of

from .models import Case, Muster, MusterStep
from .muster_rows import AWAITED
from .queries import Sight
from .scopes import Post, Viewer

COUNTY = 6
Key = tuple[datetime, UUID]


def musters_of(case: Case) -> list[Muster]:
    return list(Muster.objects.filter(county=case.county, case=case).order_by("at", "id"))


def muster_of(case: Case, muster_id: UUID) -> Muster | None:
    return Muster.objects.filter(county=case.county, case=case, id=muster_id).first()


def waiting_for(case: Case, states: Sequence[str]) -> list[Muster]:
    return list(Muster.objects.filter(county=case.county, case=case, state__in=states).order_by("id"))


def muster_steps_of(case: Case) -> list[MusterStep]:
    return list(MusterStep.objects.filter(county=case.county, case=case).order_by("at", "id"))


def case_of_call(sight: Sight, muster_id: UUID) -> UUID | None:
    """The case a call in sight belongs to, for what names the call as its subject."""
    return in_sight(sight).filter(id=muster_id).values_list("case_id", flat=True).first()


def awaited(county: str, ids: Sequence[UUID]) -> list[Muster]:
    """Those of some calls that nobody has come to yet, each with its case."""
    rows = Muster.objects.filter(county=county, id__in=list(ids), state__in=AWAITED)
    return list(rows.select_related("case").order_by("due_at", "id")) if ids else []


def called_in(county: str, muster_id: UUID) -> tuple[str, str] | None:
    """Which department, and which body of it, a call is for."""
    return Muster.objects.filter(county=county, id=muster_id).values_list("department", "body").first()


def in_sight(sight: Sight) -> QuerySet[Muster]:
    """Calls in the areas a person sees, those for a department they serve in, and those of cases they whistled for."""
    return Muster.objects.filter(seen(_pieces(sight)))


def served_by(viewer: Viewer) -> RawSQL:
    """Calls for the departments the person serves in."""
    return seen([piece for post, area in _held(viewer) for piece in _called(post, area)])


def _pieces(sight: Sight) -> list[Piece]:
    found = within(sight.areas)
    for post, area in _held(sight.viewer):
        found += [*_called(post, area), _county(area) & Piece("whistler = %s", (sight.viewer.id,))]
    return found


def _held(viewer: Viewer) -> list[tuple[Post, str]]:
    return [(post, area) for post in viewer.posts for area in post.territory]


def _called(post: Post, area: str) -> list[Piece]:
    if not post.department:
        return []
    return [_county(area) & Piece("department = %s", (post.department,)) & below("body", area)]


def _county(area: str) -> Piece:
    high = len(prefix_of(area)) < COUNTY
    return below("county", area) if high else Piece("county = %s", (county_of(area),))


def page_of(
    rows: QuerySet[Muster], *, limit: int, after: Key | None, oldest: bool = False
) -> tuple[list[Muster], Key | None]:
    """The newest call first, or the one that waits longest; paged by keyset."""
    if after is not None:
        past = Q(at__gt=after[0]) if oldest else Q(at__lt=after[0])
        beside = Q(id__gt=after[1]) if oldest else Q(id__lt=after[1])
        rows = rows.filter(past | Q(at=after[0]) & beside)
    order = ("at", "id") if oldest else ("-at", "-id")
    found = list(rows.order_by(*order)[: limit + 1])
    _with_cases(found)
    last = found[limit - 1] if len(found) > limit else None
    return found[:limit], (last.at, last.id) if last else None


def _with_cases(found: Sequence[Muster]) -> None:
    """In a statement of its own: the pieces of a sight name columns that a case has too."""
    counties, ids = {one.county for one in found}, {one.case_id for one in found}
    cases = Case.objects.filter(county__in=counties).in_bulk(ids) if found else {}
    for one in found:
        one.case = cases[one.case_id]


def waiting(sight: Sight, *, site: bool) -> dict[str, RawSQL | Q]:
    """What waits for a person, by why: called to their department, to confirm or sign on the spot, to rule on.

    `site`: the person may confirm whatever is in their grid, not only what they whistled for.
    """
    mine = Q() if site else Q(whistler=sight.viewer.id)
    return {
        "department": Q(served_by(sight.viewer)) & Q(state__in=("called", "coming", "arrived")),
        "site": mine & Q(state__in=("called", "coming", "bounced", "done")),
        "ruling": Q(state="disputed"),
    }
