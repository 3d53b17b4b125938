"""What of a hazard is told to everybody: words somebody proposed, another person approved, and what became of them."""

from django.db import models

from shouwang.domains.ledger.rows import Sealed

from .models import Case


class Exposure(Sealed):
    """A hazard made public (隐患曝光): proposed, then public or refused, and withdrawn with a reason.

    `words` are all that is told; `checked` what the person who approved it looked for.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, db_index=False)
    words = models.CharField(max_length=120)
    state = models.CharField(max_length=10)
    proposed_by = models.UUIDField()
    proposed_at = models.DateTimeField()
    decided_by = models.UUIDField(null=True)
    decided_at = models.DateTimeField(null=True)
    checked = models.JSONField(default=list)
    reason = models.CharField(max_length=200, blank=True)

    class Meta(Sealed.Meta):
        constraints = [
            *Sealed.Meta.constraints,
            models.UniqueConstraint(
                fields=["county", "case"],
                condition=models.Q(state__in=("proposed", "public")),
                name="hazards_exposed_once",
            ),
        ]
        indexes = [
            models.Index(fields=["county", "state", "-decided_at"], name="hazards_exposures_by_day"),
            models.Index(fields=["county", "state", "-proposed_at", "-id"], name="hazards_exposures_to_decide"),
        ]
