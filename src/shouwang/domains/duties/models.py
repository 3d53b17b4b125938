"""Where each body stands with each duty; derived from evidence, and rebuilt from it at any time."""

from django.db import models

from shouwang.domains.ledger.rows import Row, township


class Standing(Row):
    """A duty of a body about one subject (履职情况): verdict, when it was due, and what met it."""

    duty = models.CharField(max_length=40)
    clause = models.CharField(max_length=20)
    subject = models.UUIDField()
    verdict = models.CharField(max_length=14)
    due_at = models.DateTimeField(null=True)
    period = models.CharField(max_length=7, blank=True)
    met_by = models.UUIDField(null=True)
    reasons = models.JSONField(default=list)
    judged_at = models.DateTimeField()
    township = township()

    class Meta(Row.Meta):
        constraints = [
            *Row.Meta.constraints,
            models.UniqueConstraint(fields=["county", "duty", "subject"], name="duties_standing_once"),
        ]
        indexes = [
            models.Index(fields=["township", "duty", "period", "due_at", "id"], name="duties_of_township"),
            models.Index(
                fields=["county", "due_at"], condition=models.Q(verdict="due"), name="duties_falling_due"
            ),
        ]
