"""Letters: the letter, what it is about, and each step it took."""

from django.db import models

from shouwang.domains.ledger.rows import Enclosed, Sealed


class Letter(Sealed):
    """A letter (函件); `region` is the issuing body. It goes to a department of a body, or to a post of it.

    Draft and document are one row: from `approved` on its words do not change. `hands` are all who wrote on it; a
    draft nobody wrote on is the house's own. `serial` counts in `series` and `year`; an office that numbers its
    papers elsewhere enters `number` alone.
    """

    kind = models.CharField(max_length=20)
    state = models.CharField(max_length=10)
    ground = models.CharField(max_length=14)
    to_department = models.CharField(max_length=40, blank=True)
    to_post = models.CharField(max_length=40, blank=True)
    to_body = models.CharField(max_length=15)
    addressee = models.CharField(max_length=80)
    addressee_ko = models.CharField(max_length=120, blank=True)
    language = models.CharField(max_length=6)
    title = models.CharField(max_length=120)
    title_ko = models.CharField(max_length=200, blank=True)
    opening = models.TextField()
    opening_ko = models.TextField(blank=True)
    asks = models.TextField()
    asks_ko = models.TextField(blank=True)
    contact = models.CharField(max_length=80, blank=True)
    number = models.CharField(max_length=60, blank=True)
    series = models.CharField(max_length=20, blank=True)
    year = models.PositiveSmallIntegerField(null=True)
    serial = models.PositiveIntegerField(null=True)
    hands = models.JSONField(default=list)
    decision = models.CharField(max_length=12, blank=True)
    made_at = models.DateTimeField()
    issued_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    due_provisional = models.BooleanField(default=False)
    answered_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta(Sealed.Meta):
        constraints = [
            *Sealed.Meta.constraints,
            models.UniqueConstraint(
                fields=["county", "region", "series", "year", "serial"],
                condition=models.Q(serial__isnull=False),
                name="letters_serial_once",
            ),
            models.UniqueConstraint(
                fields=["county", "region", "number"],
                condition=~models.Q(number=""),
                name="letters_number_once",
            ),
        ]
        indexes = [
            models.Index(fields=["county", "-made_at", "-id"], name="letters_newest_in_county"),
            models.Index(
                fields=["county", "to_department", "-made_at", "-id"], name="letters_newest_of_department"
            ),
            models.Index(fields=["county", "to_post", "-made_at", "-id"], name="letters_newest_of_post"),
        ]


class Cause(Enclosed):
    """What a letter is about (事由): a hazard or a duty of a body, with the facts as they stood when it was written.

    `step` is the step of the ladder it was drafted for, `area` where it lies.
    """

    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, db_index=False)
    kind = models.CharField(max_length=20)
    subject = models.UUIDField()
    area = models.CharField(max_length=15)
    step = models.UUIDField(null=True)
    facts = models.JSONField(default=dict)

    class Meta(Enclosed.Meta):
        constraints = [
            *Enclosed.Meta.constraints,
            models.UniqueConstraint(
                fields=["county", "step"], condition=models.Q(step__isnull=False), name="letters_step_once"
            ),
            models.UniqueConstraint(fields=["county", "letter", "kind", "subject"], name="letters_cause_once"),
        ]
        indexes = [
            models.Index(fields=["county", "subject"], name="letters_about_subject"),
            models.Index(fields=["county", "line"], name="letters_cause_of_line"),
        ]


class Handling(Enclosed):
    """A step of a letter (办理): who did it and when, the words that came with it, on which clause."""

    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, db_index=False)
    act = models.CharField(max_length=20)
    source = models.CharField(max_length=10, blank=True)
    target = models.CharField(max_length=10)
    actor = models.UUIDField(null=True)
    post = models.CharField(max_length=40, blank=True)
    at = models.DateTimeField()
    words = models.TextField(blank=True)
    promise = models.TextField(blank=True)
    clause = models.CharField(max_length=20)

    class Meta(Enclosed.Meta):
        indexes = [
            models.Index(fields=["county", "letter", "at"], name="letters_handling_of_letter"),
            models.Index(fields=["county", "line"], name="letters_handling_of_line"),
        ]
