"""Hazards: the case, each step it took, and the departments summoned to it."""

from django.db import models

from shouwang.domains.ledger.rows import Enclosed, Sealed, township

from .extra_time_rows import ExtraTime as ExtraTime
from .muster_rows import Muster as Muster
from .muster_rows import MusterStep as MusterStep

WORKING_STATES = ("assigned", "rectifying")
OPEN_STATES = (*WORKING_STATES, "submitted")
ENDED_STATES = ("closed", "rejected", "merged")
OPEN = models.Q(state__in=OPEN_STATES)


class Case(Sealed):
    """A hazard (隐患) from report to closure. `version` rises with every act; two acts never both win.

    `facts` is what was stated for the decision tables beside kind and `site`: people affected, elements.
    """

    later = frozenset({"facts", "site"})

    code = models.CharField(max_length=14)
    kind = models.CharField(max_length=40)
    site = models.CharField(max_length=40, blank=True, default="", db_default="")
    place = models.CharField(max_length=120, blank=True)
    note = models.CharField(max_length=500, blank=True)
    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)
    accuracy = models.FloatField(null=True)
    facts = models.JSONField(default=dict, db_default=models.Value({}, models.JSONField()))
    grade = models.CharField(max_length=10)
    state = models.CharField(max_length=12)
    channel = models.CharField(max_length=20)
    reporter = models.UUIDField(null=True)
    department = models.CharField(max_length=40)
    body = models.CharField(max_length=15)
    submitter = models.UUIDField(null=True)
    found_at = models.DateTimeField()
    reported_at = models.DateTimeField()
    due_at = models.DateTimeField()
    due_provisional = models.BooleanField(default=False)
    closed_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)
    township = township()

    class Meta(Sealed.Meta):
        constraints = [
            *Sealed.Meta.constraints,
            models.UniqueConstraint(fields=["county", "code"], name="hazards_case_by_code"),
        ]
        indexes = [
            models.Index(fields=["county", "-reported_at", "-id"], name="hazards_newest_in_county"),
            models.Index(fields=["township", "-reported_at", "-id"], name="hazards_newest_in_township"),
            models.Index(fields=["region", "-reported_at", "-id"], name="hazards_newest_in_region"),
            models.Index(
                fields=["county", "department", "-reported_at", "-id"], name="hazards_newest_of_department"
            ),
            models.Index(fields=["county", "due_at", "id"], condition=OPEN, name="hazards_due_in_county"),
            models.Index(fields=["township", "due_at", "id"], condition=OPEN, name="hazards_due_in_township"),
            models.Index(fields=["county", "reporter", "-reported_at"], name="hazards_of_reporter"),
        ]


class Transition(Enclosed):
    """One step of a case (流转): who moved it, why, and on which clauses the judgement rested.

    `done_at` is when it was done, where a phone kept it for a while before it arrived.
    """

    later = frozenset({"done_at"})

    case = models.ForeignKey(Case, on_delete=models.PROTECT, db_index=False)
    act = models.CharField(max_length=20)
    source = models.CharField(max_length=12, blank=True)
    target = models.CharField(max_length=12)
    actor = models.UUIDField(null=True)
    post = models.CharField(max_length=40, blank=True)
    at = models.DateTimeField()
    note = models.CharField(max_length=500, blank=True)
    reasons = models.JSONField(default=list)
    clauses = models.JSONField(default=list)
    done_at = models.DateTimeField(null=True)

    class Meta(Enclosed.Meta):
        indexes = [
            models.Index(fields=["county", "case", "at"], name="hazards_transition_of_case"),
            models.Index(fields=["county", "line"], name="hazards_transition_of_line"),
        ]


class Summons(Enclosed):
    """A department called to a case (吹哨): it sees that case and nothing else of the area."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, db_index=False)
    department = models.CharField(max_length=40)
    body = models.CharField(max_length=15)
    at = models.DateTimeField()

    class Meta(Enclosed.Meta):
        constraints = [
            *Enclosed.Meta.constraints,
            models.UniqueConstraint(
                fields=["county", "department", "body", "case"], name="hazards_summons_once"
            ),
        ]
        indexes = [
            models.Index(fields=["county", "case"], name="hazards_summons_of_case"),
            models.Index(fields=["county", "line"], name="hazards_summons_of_line"),
        ]


# The tables beside the case belong to the room's tables; they point to the case, so they come after it.
from . import exposure_rows as exposure_rows  # noqa: E402
from . import telling_rows as telling_rows  # noqa: E402
