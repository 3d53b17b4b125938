"""Where each body stands with each duty; derived from evidence, and rebuilt from it at any time."""

from django.db import models

from shouwang.domains.ledger.rows import Row, township


class Standing(Row):
    """A duty of a body (履职情况): `region` is the body; `subject` the case it is about, or an id made of
    duty, body and `period` ('2026-11', '2026-Q4', '2026', '' without one). `month` is where it is counted,
    `again_at` when time alone may change the verdict."""

    duty = models.CharField(max_length=40)
    clause = models.CharField(max_length=20)
    subject = models.UUIDField()
    verdict = models.CharField(max_length=14)
    due_at = models.DateTimeField(null=True)
    again_at = models.DateTimeField(null=True)
    period = models.CharField(max_length=30, blank=True)
    month = models.CharField(max_length=7, blank=True, db_default="")
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
            models.Index(fields=["township", "month", "duty", "due_at", "id"], name="duties_of_month"),
            models.Index(
                fields=["county", "again_at"],
                condition=models.Q(again_at__isnull=False),
                name="duties_again",
            ),
        ]
