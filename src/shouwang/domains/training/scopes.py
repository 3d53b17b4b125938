"""Who may see which lessons were passed: the person alone (国办函〔2026〕12号); others see numbers of a whole area."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import Q


def own(counties: Collection[str], person: UUID) -> Q:
    """`counties` are those in which the person serves."""
    return Q(county__in=counties, person=person)
