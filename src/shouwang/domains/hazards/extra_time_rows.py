"""A deadline that is moved: a pause with its limit, an extension somebody else approves."""

from django.db import models

from shouwang.domains.ledger.rows import Sealed


class ExtraTime(Sealed):
    """Time that a case was given beside its clock (时限变动): `loop` says whether as a pause or an extension.

    `until` is the end of the longest pause; `left` what remained of the clock then, in working days or hours.
    """

    case = models.ForeignKey("hazards.Case", on_delete=models.PROTECT, db_index=False)
    loop = models.CharField(max_length=12)
    state = models.CharField(max_length=12)
    reason = models.CharField(max_length=40, blank=True)
    note = models.CharField(max_length=500, blank=True)
    asker = models.UUIDField(null=True)
    at = models.DateTimeField()
    until = models.DateTimeField(null=True)
    workdays = models.PositiveSmallIntegerField(default=0)
    hours = models.FloatField(default=0)
    due_before = models.DateTimeField()
    due_after = models.DateTimeField(null=True)
    decider = models.UUIDField(null=True)
    decided_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta(Sealed.Meta):
        indexes = [models.Index(fields=["county", "case", "at"], name="hazards_extra_time_of_case")]
