"""A department that was called: how it stands, and each step of it (部门报到)."""

from django.db import models

from shouwang.domains.ledger.rows import Enclosed, Sealed, township

PENDING = ("called", "coming", "bounced", "disputed")
AWAITED = ("called", "coming")
OPEN = (*PENDING, "arrived", "done")


class Muster(Sealed):
    """How a department that was called stands (部门报到). `due_at` runs from the call."""

    case = models.ForeignKey("hazards.Case", on_delete=models.PROTECT, db_index=False)
    department = models.CharField(max_length=40)
    body = models.CharField(max_length=15)
    state = models.CharField(max_length=12)
    need = models.CharField(max_length=300)
    whistler = models.UUIDField(null=True)
    post = models.CharField(max_length=40, blank=True)
    at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    due_provisional = models.BooleanField(default=False)
    ruling_due_at = models.DateTimeField(null=True)
    arrived_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=40, blank=True)
    bounces = models.PositiveSmallIntegerField(default=0)
    returns = models.PositiveSmallIntegerField(default=0)
    ruling = models.CharField(max_length=12, blank=True)
    version = models.PositiveIntegerField(default=1)
    township = township()

    class Meta(Sealed.Meta):
        constraints = [
            *Sealed.Meta.constraints,
            models.UniqueConstraint(fields=["county", "case", "department"], name="hazards_muster_once"),
        ]
        indexes = [
            models.Index(
                fields=["county", "due_at", "id"],
                condition=models.Q(state__in=OPEN),
                name="hazards_muster_open_in_county",
            ),
            models.Index(
                fields=["county", "department", "due_at", "id"],
                condition=models.Q(state__in=OPEN),
                name="hazards_muster_of_department",
            ),
            models.Index(fields=["county", "-at", "-id"], name="hazards_muster_newest"),
        ]


class MusterStep(Enclosed):
    """One step of a department that was called (报到经过): who, why, and on which clauses it rested."""

    muster = models.ForeignKey(Muster, on_delete=models.PROTECT, db_index=False)
    case = models.ForeignKey("hazards.Case", on_delete=models.PROTECT, db_index=False)
    act = models.CharField(max_length=20)
    source = models.CharField(max_length=12, blank=True)
    target = models.CharField(max_length=12)
    actor = models.UUIDField(null=True)
    post = models.CharField(max_length=40, blank=True)
    at = models.DateTimeField()
    reason = models.CharField(max_length=40, blank=True)
    note = models.CharField(max_length=500, blank=True)
    reasons = models.JSONField(default=list)
    clauses = models.JSONField(default=list)

    class Meta(Enclosed.Meta):
        indexes = [
            models.Index(fields=["county", "case", "at"], name="hazards_muster_step_of_case"),
            models.Index(fields=["county", "line"], name="hazards_muster_step_of_line"),
        ]
