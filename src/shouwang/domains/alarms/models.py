"""Alarms: what rang and what people found, how devices go on, who knows, when help is proposed, who is on duty."""

from django.db import models

from shouwang.domains.ledger.rows import Enclosed, Row, Sealed, township

OPEN = ("ringing", "verifying", "unreachable", "real")


class Alarm(Sealed):
    """An alarm (报警): what rang where, and how people found it. What its device goes on saying stands in its pulse.

    `part` is the detector behind the device, `site` what rings together, `cause` what failed where it is trouble.
    `due_at` is the cap: by then there is a result, or help is proposed. `signal` is the position of the first signal.
    """

    device = models.UUIDField(null=True)
    way = models.CharField(max_length=12)
    source = models.CharField(max_length=40)
    part = models.CharField(max_length=40, blank=True)
    kind = models.CharField(max_length=12)
    cause = models.CharField(max_length=16, blank=True)
    site = models.CharField(max_length=60)
    household = models.UUIDField(null=True)
    place = models.CharField(max_length=200)
    note = models.CharField(max_length=300, blank=True)
    signal = models.BigIntegerField(null=True)
    state = models.CharField(max_length=12)
    raised_at = models.DateTimeField()
    call_by = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)
    told_level = models.CharField(max_length=12, blank=True)
    version = models.PositiveIntegerField(default=1)
    township = township()

    class Meta(Sealed.Meta):
        indexes = [
            models.Index(fields=["county", "device", "-raised_at"], name="alarms_of_device"),
            models.Index(fields=["county", "site", "-raised_at"], name="alarms_of_site"),
            models.Index(
                fields=["county", "due_at"],
                condition=models.Q(state__in=OPEN),
                name="alarms_due",
            ),
            models.Index(
                fields=["county", "due_at"],
                condition=models.Q(state__in=OPEN) & ~models.Q(told_level="prefecture"),
                name="alarms_to_be_told",
            ),
        ]


class Pulse(Row):
    """How the device of an alarm goes on (响警动态), under the id of its alarm: how often it rang, when last, when it
    stopped. Told by sealed signals, so it is sealed by nothing itself.

    `active`: no other alarm of this device and kind begins. `position` moves with every change, dense in a county.
    """

    source = models.CharField(max_length=40)
    part = models.CharField(max_length=40, blank=True)
    kind = models.CharField(max_length=12)
    active = models.BooleanField(default=True)
    rings = models.PositiveIntegerField(default=1)
    news = models.PositiveIntegerField(default=0)
    said_test = models.BooleanField(default=False)
    heard_at = models.DateTimeField()
    cleared_at = models.DateTimeField(null=True)
    position = models.BigIntegerField()
    township = township()

    class Meta(Row.Meta):
        constraints = [
            *Row.Meta.constraints,
            models.UniqueConstraint(
                fields=["county", "source", "part", "kind"],
                condition=models.Q(active=True),
                name="alarms_one_active",
            ),
            models.UniqueConstraint(fields=["county", "position"], name="alarms_pulse_position"),
        ]
        indexes = [
            models.Index(
                fields=["county", "-heard_at"], condition=models.Q(active=True), name="alarms_active_in_county"
            ),
            models.Index(
                fields=["township", "-heard_at"], condition=models.Q(active=True), name="alarms_active_in_township"
            ),
            models.Index(fields=["county", "-id"], name="alarms_newest_in_county"),
            models.Index(fields=["township", "-id"], name="alarms_newest_in_township"),
        ]


class Step(Enclosed):
    """One step of an alarm (报警经过): who, as what, did what, and on which clauses it rested."""

    alarm = models.ForeignKey(Alarm, on_delete=models.PROTECT, db_index=False)
    act = models.CharField(max_length=20)
    source = models.CharField(max_length=12, blank=True)
    target = models.CharField(max_length=12)
    actor = models.UUIDField(null=True)
    post = models.CharField(max_length=40, blank=True)
    at = models.DateTimeField()
    done_at = models.DateTimeField()
    reason = models.CharField(max_length=40, blank=True)
    note = models.CharField(max_length=300, blank=True)
    reasons = models.JSONField(default=list)
    clauses = models.JSONField(default=list)

    class Meta(Enclosed.Meta):
        indexes = [
            models.Index(fields=["county", "alarm", "at"], name="alarms_step_of_alarm"),
            models.Index(fields=["county", "line"], name="alarms_step_of_line"),
        ]


class Acknowledgement(Sealed):
    """A level of government knows of an alarm (知悉): once for each level, by whoever said so first."""

    alarm = models.ForeignKey(Alarm, on_delete=models.PROTECT, db_index=False)
    level = models.CharField(max_length=12)
    actor = models.UUIDField()
    post = models.CharField(max_length=40)
    at = models.DateTimeField()

    class Meta(Sealed.Meta):
        constraints = [
            *Sealed.Meta.constraints,
            models.UniqueConstraint(fields=["county", "alarm", "level"], name="alarms_known_once"),
        ]


class Proposal(Sealed):
    """That an alarm be handled as a fire (火警建议), and why: it only ever comes, a person sends help on it."""

    alarm = models.ForeignKey(Alarm, on_delete=models.PROTECT, db_index=False)
    cause = models.CharField(max_length=20)
    at = models.DateTimeField()

    class Meta(Sealed.Meta):
        constraints = [
            *Sealed.Meta.constraints,
            models.UniqueConstraint(fields=["county", "alarm"], name="alarms_proposed_once"),
        ]


class Watch(Sealed):
    """Who is on duty at a desk (值班): the region is that of the desk. Whoever takes over ends the watch before.

    `open` is how many alarms were open when it was handed over, `note` what the one who left said.
    """

    person = models.UUIDField()
    post = models.CharField(max_length=40)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    open = models.PositiveIntegerField(default=0)
    note = models.CharField(max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta(Sealed.Meta):
        constraints = [
            *Sealed.Meta.constraints,
            models.UniqueConstraint(
                fields=["county", "region"], condition=models.Q(until=None), name="alarms_one_on_duty"
            ),
        ]
        indexes = [models.Index(fields=["county", "region", "-since"], name="alarms_watches_of_desk")]
