"""Who may read suggestions: offices of the counties they answer for, and whoever wrote one."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

SEE = "suggestions.answer"


@dataclass(frozen=True, kw_only=True)
class Sight:
    """The counties whose suggestions a person answers."""

    counties: tuple[str, ...]

    def reach(self) -> Q:
        return Q(county__in=self.counties)


def own(counties: Collection[str], person: UUID) -> Q:
    return Q(county__in=counties, person=person)
