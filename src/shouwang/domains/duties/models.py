"""Where each body stands with each duty, derived from evidence; and what people and the house do about it."""

from django.db import models

from shouwang.domains.ledger.rows import Enclosed, Row, Sealed, township

OPEN = models.Q(state__in=["offered", "accepted"])


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
            models.Index(fields=["county", "region", "due_at", "id"], name="duties_of_body"),
            models.Index(fields=["county", "verdict", "due_at", "id"], name="duties_of_county"),
            models.Index(fields=["township", "verdict", "due_at", "id"], name="duties_of_township"),
        ]


class Delegation(Sealed):
    """A duty's work passed to a named person (委派); `region` is the body, which goes on owing it.

    With `onward` the periods due from `since` on are passed too. One is open (offered or accepted) at a time.
    """

    duty = models.CharField(max_length=40)
    period = models.CharField(max_length=30, blank=True)
    subject = models.UUIDField()
    onward = models.BooleanField(default=False)
    since = models.DateTimeField(null=True)
    giver = models.UUIDField()
    giver_post = models.CharField(max_length=40)
    receiver = models.UUIDField()
    state = models.CharField(max_length=10)
    note = models.CharField(max_length=300, blank=True)
    answer = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)

    class Meta(Sealed.Meta):
        constraints = [
            *Sealed.Meta.constraints,
            models.UniqueConstraint(
                fields=["county", "duty", "subject"], condition=OPEN, name="duties_delegation_once"
            ),
            models.UniqueConstraint(
                fields=["county", "duty", "region"],
                condition=OPEN & models.Q(onward=True),
                name="duties_delegation_onward",
            ),
        ]
        indexes = [
            models.Index(fields=["county", "receiver", "-at"], name="duties_given_to"),
            models.Index(fields=["county", "region", "duty"], name="duties_given_by_body"),
        ]


class Step(Sealed):
    """A step of the ladder taken because a duty was not done (督促): each once for each deadline."""

    duty = models.CharField(max_length=40)
    period = models.CharField(max_length=30, blank=True)
    subject = models.UUIDField()
    rung = models.CharField(max_length=12)
    due_on = models.DateField()
    at = models.DateTimeField()

    class Meta(Sealed.Meta):
        constraints = [
            *Sealed.Meta.constraints,
            models.UniqueConstraint(
                fields=["county", "duty", "subject", "due_on", "rung"], name="duties_step_once"
            ),
        ]
        indexes = [models.Index(fields=["county", "rung", "-at", "id"], name="duties_steps_of_rung")]


class Redated(Enclosed):
    """A deadline that moved when the notice of a year came (时限调整): what was owed, its day before and after."""

    notice = models.UUIDField()
    duty = models.CharField(max_length=40)
    period = models.CharField(max_length=30, blank=True)
    subject = models.UUIDField()
    before = models.DateTimeField()
    after = models.DateTimeField()

    class Meta(Enclosed.Meta):
        constraints = [
            *Enclosed.Meta.constraints,
            models.UniqueConstraint(
                fields=["county", "notice", "duty", "subject"], name="duties_redated_once"
            ),
        ]
        indexes = [models.Index(fields=["county", "line"], name="duties_redated_of_line")]


class Notice(Row):
    """What somebody should know (通知): one row for each event and recipient, there until it is seen."""

    event = models.UUIDField()
    sort = models.CharField(max_length=20)
    recipient = models.UUIDField()
    duty = models.CharField(max_length=40, blank=True)
    period = models.CharField(max_length=30, blank=True)
    subject = models.UUIDField(null=True)
    at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)

    class Meta(Row.Meta):
        constraints = [
            *Row.Meta.constraints,
            models.UniqueConstraint(fields=["county", "event", "recipient"], name="duties_notice_once"),
        ]
        indexes = [
            models.Index(
                fields=["county", "recipient", "-at"],
                condition=models.Q(seen_at=None),
                name="duties_notices_unseen",
            )
        ]


class Feed(Sealed):
    """A calendar address of a person (日历订阅), known by the hash of its secret."""

    person = models.UUIDField()
    token = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta(Sealed.Meta):
        constraints = [
            *Sealed.Meta.constraints,
            models.UniqueConstraint(fields=["county", "token"], name="duties_feed_by_token"),
        ]
        indexes = [models.Index(fields=["county", "person"], name="duties_feeds_of_person")]


class Plan(Sealed):
    """A version of a body's yearly plan (年度计划): draft, handed in, approved; approved ones never change.

    `items` hold what is planned: {key, duty, period, day, person, note, title, below}. How far it has come is
    read from the standings. `hands` are all who wrote on it: none of them approves it.
    """

    year = models.PositiveSmallIntegerField()
    version = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=10)
    items = models.JSONField(default=list)
    hands = models.JSONField(default=list)
    reason = models.CharField(max_length=300, blank=True)
    answer = models.CharField(max_length=300, blank=True)
    above = models.UUIDField(null=True)
    made_at = models.DateTimeField()
    approved_by = models.UUIDField(null=True)
    approved_post = models.CharField(max_length=40, blank=True)
    approved_at = models.DateTimeField(null=True)
    revision = models.PositiveIntegerField(default=1)

    class Meta(Sealed.Meta):
        constraints = [
            *Sealed.Meta.constraints,
            models.UniqueConstraint(
                fields=["county", "region", "year", "version"], name="duties_plan_version"
            ),
            models.UniqueConstraint(
                fields=["county", "region", "year"],
                condition=~models.Q(state="approved"),
                name="duties_plan_one_draft",
            ),
        ]
        indexes = [models.Index(fields=["county", "year", "region"], name="duties_plans_of_year")]


class Delivery(Row):
    """A notice on its way to a channel (送达回执): waiting, sending, sent, or failed, for what reason."""

    event = models.UUIDField()
    contact = models.UUIDField()
    sort = models.CharField(max_length=20)
    state = models.CharField(max_length=8, default="waiting")
    tries = models.PositiveSmallIntegerField(default=0)
    reason = models.CharField(max_length=200, blank=True)
    made_at = models.DateTimeField()
    next_at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)

    class Meta(Row.Meta):
        constraints = [
            *Row.Meta.constraints,
            models.UniqueConstraint(fields=["county", "event", "contact"], name="duties_delivery_once"),
        ]
        indexes = [
            models.Index(
                fields=["county", "next_at", "id"],
                condition=models.Q(state="waiting"),
                name="duties_deliveries_due",
            ),
            models.Index(
                fields=["county", "taken_at"],
                condition=models.Q(state="sending"),
                name="duties_deliveries_taken",
            ),
            models.Index(fields=["county", "contact", "-made_at", "-id"], name="duties_deliveries_of_contact"),
        ]
