"""Lists of suggestions, within a sight, newest first."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from .models import Suggestion
from .scopes import Sight, own


@dataclass(frozen=True, kw_only=True)
class Page:
    """One page of a keyset-paged list; `after` is the key of its last row, None on the last page."""

    rows: list[Suggestion]
    after: tuple[datetime, UUID] | None


def newest(
    sight: Sight, *, open_only: bool, after: tuple[datetime, UUID] | None = None, limit: int = 50
) -> Page:
    """Suggestions of a sight, or those without an answer alone, in one statement."""
    wanted = sight.reach()
    if open_only:
        wanted &= Q(answered_at__isnull=True)
    if after is not None:
        wanted &= Q(said_at__lt=after[0]) | Q(said_at=after[0], id__lt=after[1])
    rows = list(Suggestion.objects.filter(wanted).order_by("-said_at", "-id")[: limit + 1])
    last = rows[limit - 1] if len(rows) > limit else None
    return Page(rows=rows[:limit], after=(last.said_at, last.id) if last else None)


def one(sight: Sight, suggestion_id: UUID) -> Suggestion | None:
    """A suggestion in sight, else None: what may not be seen does not exist."""
    return Suggestion.objects.filter(sight.reach(), id=suggestion_id).first()


def of_person(counties: Collection[str], person: UUID, *, limit: int = 20) -> list[Suggestion]:
    """What somebody said, the newest first."""
    return list(Suggestion.objects.filter(own(counties, person)).order_by("-said_at")[:limit])
