"""Homes and the sealed register: what names a person or leads to a door is kept encrypted (个人信息保护法)."""

from django.db import models

from shouwang.domains.ledger.rows import Sealed, township


class Home(Sealed):
    """A home (住户), known by the mark on its door (门标); where it stands and what it is called is in `address`.

    `groups` are the kinds of risk of the home itself, such as a relocation site.
    """

    township = township()
    mark = models.CharField(max_length=20)
    kind = models.CharField(max_length=40)
    groups = models.JSONField(default=list)
    address = models.BinaryField()
    entered_by = models.UUIDField()
    entered_at = models.DateTimeField()

    class Meta(Sealed.Meta):
        constraints = [
            *Sealed.Meta.constraints,
            models.UniqueConstraint(fields=["region", "mark"], name="households_one_home_a_mark"),
        ]
        indexes = [
            models.Index(fields=["county", "region", "mark", "id"], name="households_by_mark"),
            models.Index(fields=["township", "region", "mark", "id"], name="households_of_township"),
        ]


class Resident(Sealed):
    """A person at risk (重点人员). Once forgotten it is a tombstone: no home, no group, nothing told.

    What is told of the person is in `told`; `consent` says on what ground it is kept.
    """

    home = models.ForeignKey(Home, on_delete=models.PROTECT, null=True, db_index=False)
    group = models.CharField(max_length=40)
    told = models.BinaryField()
    consent = models.CharField(max_length=12)
    keep_until = models.DateField(null=True)
    forgotten_at = models.DateTimeField(null=True)

    class Meta(Sealed.Meta):
        indexes = [
            models.Index(fields=["county", "home"], name="households_of_home"),
            models.Index(fields=["county", "keep_until"], name="households_to_forget"),
        ]


class Unmasking(Sealed):
    """Somebody read a person's sealed fields in clear (查看重点人员), and why."""

    resident = models.UUIDField()
    fields = models.JSONField()
    reason = models.TextField()
    actor = models.UUIDField()
    post = models.CharField(max_length=40)
    at = models.DateTimeField()

    class Meta(Sealed.Meta):
        indexes = [models.Index(fields=["county", "resident"], name="households_looks_at")]


# The codes at doors point to homes, so they come after them.
from . import door_rows as door_rows  # noqa: E402
from . import pairing_rows as pairing_rows  # noqa: E402
