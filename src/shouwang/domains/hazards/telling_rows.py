"""Tables beside the case: who told of it, what was merged, what is looked at again, and who looked behind a mask."""

from django.db import models

from shouwang.domains.ledger.rows import Enclosed, Sealed

from .models import Case


class Contribution(Sealed):
    """What one reporter told of a case (反映): through which way, how they stand to it, what they are owed.

    `person` is an account that may know of the answer in its own list; only of who gave their name. Name, telephone
    and account of whoever told are sealed in `identity`. `claim` is the fingerprint of a code that the reporter alone
    has; `outside` the number in the system it came from.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, db_index=False)
    channel = models.CharField(max_length=20)
    openness = models.CharField(max_length=12)
    person = models.UUIDField(null=True)
    entered_by = models.UUIDField(null=True)
    identity = models.BinaryField(blank=True, default=b"")
    claim = models.CharField(max_length=64, blank=True)
    outside = models.CharField(max_length=60, blank=True)
    facts = models.JSONField(default=dict)
    note = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField()
    answer_due_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    satisfied = models.BooleanField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta(Sealed.Meta):
        constraints = [
            *Sealed.Meta.constraints,
            models.UniqueConstraint(
                fields=["county", "channel", "outside"],
                condition=~models.Q(outside=""),
                name="hazards_contribution_by_outside",
            ),
        ]
        indexes = [
            models.Index(fields=["county", "case", "at"], name="hazards_told_of_case"),
            models.Index(
                fields=["county", "claim"], condition=~models.Q(claim=""), name="hazards_told_by_claim"
            ),
            models.Index(
                fields=["county", "person", "-at"],
                condition=models.Q(person__isnull=False),
                name="hazards_told_by_person",
            ),
            models.Index(fields=["county", "channel", "at", "id"], name="hazards_told_by_channel"),
        ]


class Merger(Enclosed):
    """A case that was found to be an elder one (并案): `case` is the younger, `elder` the other."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, db_index=False)
    elder = models.UUIDField()
    at = models.DateTimeField()

    class Meta(Enclosed.Meta):
        indexes = [
            models.Index(fields=["county", "case", "at"], name="hazards_merger_of_case"),
            models.Index(fields=["county", "elder"], name="hazards_merger_into"),
            models.Index(fields=["county", "line"], name="hazards_merger_of_line"),
        ]


class Review(Sealed):
    """Another body is asked to look (请他人复核): by lot after a closing, or where a station has nobody else.

    `body` is whose people look; of a lot, `day`, `root` and `percent` let anybody draw it again.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, db_index=False)
    why = models.CharField(max_length=10)
    department = models.CharField(max_length=40)
    body = models.CharField(max_length=15)
    day = models.DateField(null=True)
    root = models.BinaryField(blank=True, default=b"")
    percent = models.PositiveSmallIntegerField(null=True)
    at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)

    class Meta(Sealed.Meta):
        constraints = [
            *Sealed.Meta.constraints,
            models.UniqueConstraint(
                fields=["county", "case", "day"], condition=models.Q(why="lot"), name="hazards_review_drawn_once"
            ),
        ]
        indexes = [
            models.Index(fields=["county", "case", "at"], name="hazards_review_of_case"),
            models.Index(fields=["county", "body", "case"], name="hazards_review_for_body"),
        ]


class Disclosure(Sealed):
    """Somebody read who told of a hazard, in clear, and why (查看举报人)."""

    contribution = models.ForeignKey(Contribution, on_delete=models.PROTECT, db_index=False)
    reason = models.CharField(max_length=200)
    actor = models.UUIDField()
    post = models.CharField(max_length=40)
    at = models.DateTimeField()

    class Meta(Sealed.Meta):
        indexes = [models.Index(fields=["county", "contribution", "at"], name="hazards_disclosure_of")]
