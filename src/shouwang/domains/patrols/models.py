"""What was looked at, where and when; no track, no photo but of a hazard, no free text about a home."""

from django.db import models

from shouwang.domains.ledger.rows import Sealed, township


class Visit(Sealed):
    """A visit or patrol (走访巡查): of a `home`, or of a place by its kind and name.

    `answers` are kept as they were given, by the version of the list they were given to. `found_at` is the time of
    the phone; two visits to one home are two rows, whoever was later. `at_site` is the place where it is registered.
    """

    later = frozenset({"at_site"})

    township = township()
    home = models.UUIDField(null=True)
    site = models.CharField(max_length=40)
    place = models.CharField(max_length=120)
    at_site = models.UUIDField(null=True)
    checklist = models.CharField(max_length=40)
    version = models.PositiveSmallIntegerField()
    answers = models.JSONField()
    taught = models.BooleanField()
    person = models.UUIDField()
    post = models.CharField(max_length=40)
    found_at = models.DateTimeField()
    recorded_at = models.DateTimeField()

    class Meta(Sealed.Meta):
        indexes = [
            models.Index(fields=["county", "home", "found_at"], name="patrols_of_home"),
            models.Index(fields=["county", "at_site", "found_at"], name="patrols_of_site"),
            models.Index(fields=["county", "recorded_at", "id"], name="patrols_newest"),
            models.Index(fields=["township", "recorded_at", "id"], name="patrols_newest_of_township"),
        ]


class Finding(Sealed):
    """What was bad on a visit and became a case (发现): by the point of the list."""

    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, db_index=False)
    point = models.CharField(max_length=40)
    case = models.UUIDField()

    class Meta(Sealed.Meta):
        constraints = [
            *Sealed.Meta.constraints,
            models.UniqueConstraint(fields=["county", "visit", "point"], name="patrols_one_case_a_point"),
        ]


class SelfCheck(Sealed):
    """What somebody behind a door looked at themselves (自查), and whether the last visit helped; nobody is named."""

    home = models.UUIDField()
    checklist = models.CharField(max_length=40)
    version = models.PositiveSmallIntegerField()
    answers = models.JSONField()
    helped = models.BooleanField(null=True)
    at = models.DateTimeField()

    class Meta(Sealed.Meta):
        indexes = [models.Index(fields=["county", "home", "at"], name="patrols_selfchecks_of_home")]
