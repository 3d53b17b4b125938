"""Devices: the register, when each was last heard, what it said, what it was asked, how the gateway is doing."""

from django.db import models
from django.db.models import Case, Value, When

from shouwang.domains.ledger.rows import Enclosed, Row, Sealed, township


class Device(Sealed):
    """A device on the register (设备): what it is, where it hangs, by which `way` it speaks and under what `address`.

    `profile` is the dialect of its maker; `household` the home it was given to, where it hangs in one. Who lives there
    stands in another register, which is why such a device has no `lon` and `lat`. A device that hangs on no wire has no
    way. Of a camera `link` is the address under which its own system shows the picture, `operator` that system.
    """

    later = frozenset({"lon", "lat", "link"})
    kind = models.CharField(max_length=20)
    way = models.CharField(max_length=12, blank=True)
    address = models.CharField(max_length=40, blank=True)
    profile = models.CharField(max_length=20, blank=True)
    operator = models.CharField(max_length=20, blank=True)
    place = models.CharField(max_length=120)
    site = models.CharField(max_length=20, blank=True)
    household = models.UUIDField(null=True)
    installed_on = models.DateField(null=True)
    installer = models.CharField(max_length=80, blank=True)
    tested_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)
    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)
    link = models.CharField(max_length=500, blank=True, default="", db_default="")
    state = models.CharField(max_length=10, default="in_use")
    entered_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)
    township = township()

    class Meta(Sealed.Meta):
        constraints = [
            *Sealed.Meta.constraints,
            # Each system numbers its cameras for itself: theirs is the number and whose it is.
            models.UniqueConstraint(
                "county",
                "way",
                "address",
                Case(When(way="video", then="operator"), default=Value("")),
                condition=models.Q(state="in_use") & ~models.Q(address=""),
                name="devices_address_once",
            ),
            models.CheckConstraint(
                condition=models.Q(lon=None, lat=None) | models.Q(lon__range=(-180, 180), lat__range=(-90, 90)),
                name="devices_device_place",
            ),
        ]
        indexes = [
            models.Index(fields=["county", "-entered_at", "-id"], name="devices_newest_in_county"),
            models.Index(fields=["township", "-entered_at", "-id"], name="devices_newest_in_township"),
            models.Index(fields=["county", "kind", "-entered_at", "-id"], name="devices_newest_of_kind"),
            models.Index(fields=["county", "household"], name="devices_of_household"),
            models.Index(
                fields=["county", "lat", "lon"],
                condition=models.Q(kind="camera", state="in_use"),
                name="devices_cameras_near",
            ),
        ]


class Look(Sealed):
    """Somebody had a camera shown because of an alarm (调看摄像头); the picture itself is kept nowhere here."""

    camera = models.UUIDField()
    alarm = models.UUIDField()
    actor = models.UUIDField()
    post = models.CharField(max_length=40)
    at = models.DateTimeField()

    class Meta(Sealed.Meta):
        indexes = [
            models.Index(fields=["county", "alarm", "at"], name="devices_looks_for_alarm"),
            models.Index(fields=["county", "camera", "at"], name="devices_looks_of_camera"),
        ]


class Link(Row):
    """When an address was heard (在线情况). One that no device has stands in the county of the receiving centre.

    `beat` is the interval learnt, in seconds; `battery` in percent, for what says it.
    """

    way = models.CharField(max_length=12)
    address = models.CharField(max_length=40)
    device = models.UUIDField(null=True)
    peer = models.CharField(max_length=64, blank=True)
    first_at = models.DateTimeField()
    heard_at = models.DateTimeField()
    beat = models.FloatField(null=True)
    battery = models.PositiveSmallIntegerField(null=True)

    class Meta(Row.Meta):
        constraints = [
            *Row.Meta.constraints,
            models.UniqueConstraint(fields=["county", "way", "address"], name="devices_link_of_address"),
        ]
        indexes = [
            models.Index(
                fields=["county", "-heard_at", "-id"],
                condition=models.Q(device=None),
                name="devices_unknown_newest",
            ),
            models.Index(fields=["county", "device"], name="devices_link_of_device"),
        ]


class Signal(Enclosed):
    """What a device said (信号), as it came and as it was read; never changed. Positions of a county are dense and in
    the order of commit: a reader keeps the last one it saw and misses nothing.

    `number` is its place in its frame, `kind` the type flag, `sort` what a desk calls it. `device_at` is the clock of
    the device and may be wrong. `fingerprint` tells a repetition. `answers` is the order it answers.
    """

    position = models.BigIntegerField()
    way = models.CharField(max_length=12)
    source = models.CharField(max_length=40)
    device = models.UUIDField(null=True)
    serial = models.PositiveIntegerField(null=True)
    command = models.PositiveSmallIntegerField(null=True)
    kind = models.PositiveSmallIntegerField(null=True)
    number = models.PositiveSmallIntegerField(default=0)
    sort = models.CharField(max_length=16)
    raw = models.BinaryField()
    facts = models.JSONField(default=dict)
    device_at = models.DateTimeField(null=True)
    received_at = models.DateTimeField()
    fingerprint = models.BinaryField(max_length=16)
    answers = models.UUIDField(null=True)

    class Meta(Enclosed.Meta):
        constraints = [
            *Enclosed.Meta.constraints,
            models.UniqueConstraint(fields=["county", "position"], name="devices_signal_by_position"),
        ]
        indexes = [
            models.Index(fields=["county", "fingerprint"], name="devices_signal_repeated"),
            models.Index(fields=["county", "source", "position"], name="devices_signal_of_source"),
            models.Index(fields=["county", "line"], name="devices_signal_of_line"),
            models.Index(
                fields=["county", "answers"],
                condition=models.Q(answers__isnull=False),
                name="devices_signal_answering",
            ),
        ]


class Order(Enclosed):
    """What a device was asked (下行指令): to say how it is, set its clock, or show that somebody is on duty (查岗).

    What became of it is told by the signals that answer it.
    """

    device = models.UUIDField()
    address = models.CharField(max_length=40)
    act = models.CharField(max_length=20)
    minutes = models.PositiveSmallIntegerField(null=True)
    actor = models.UUIDField(null=True)
    at = models.DateTimeField()

    class Meta(Enclosed.Meta):
        indexes = [
            models.Index(fields=["county", "at"], name="devices_order_by_time"),
            models.Index(fields=["county", "device", "at"], name="devices_order_of_device"),
            models.Index(fields=["county", "line"], name="devices_order_of_line"),
        ]


class Gateway(Row):
    """How a gateway process is doing (接入网关), told by itself every few seconds."""

    name = models.CharField(max_length=40)
    at = models.DateTimeField()
    figures = models.JSONField(default=dict)

    class Meta(Row.Meta):
        constraints = [
            *Row.Meta.constraints,
            models.UniqueConstraint(fields=["county", "name"], name="devices_gateway_of_name"),
        ]
