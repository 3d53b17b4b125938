"""What an office took over under a document: values, decision tables, yearly notices of days off; never edited."""

from django.db import models

from shouwang.domains.ledger.rows import Enclosed, Sealed


class Adoption(Sealed):
    """A sheet (采纳单) by which the office of a county or prefecture adopts values under one document.

    `effective_from` is the day the document names. `fingerprint` tells the same sheet handed in twice. A sheet taken
    back under another document (`withdrawal`) no longer stands from the day `withdrawn_on`.
    """

    number = models.CharField(max_length=60)
    signed_on = models.DateField()
    signer = models.CharField(max_length=60)
    effective_from = models.DateField()
    fingerprint = models.CharField(max_length=64)
    entered_by = models.UUIDField(null=True)
    post = models.CharField(max_length=40, blank=True)
    at = models.DateTimeField()
    withdrawal = models.CharField(max_length=60, blank=True)
    withdrawn_on = models.DateField(null=True)
    withdrawn_by = models.UUIDField(null=True)

    class Meta(Sealed.Meta):
        constraints = [
            *Sealed.Meta.constraints,
            models.UniqueConstraint(
                fields=["region", "fingerprint"],
                condition=models.Q(withdrawn_on=None),
                name="adoptions_adoption_once",
            ),
        ]
        indexes = [models.Index(fields=["county", "-at", "-id"], name="adoptions_newest_in_county")]


class Adopted(Enclosed):
    """One value of a sheet (采纳值): it stands from the day `since`, or until a later sheet says otherwise."""

    adoption = models.ForeignKey(Adoption, on_delete=models.PROTECT, db_index=False)
    parameter = models.CharField(max_length=60)
    value = models.CharField(max_length=40)
    since = models.DateField()

    class Meta(Enclosed.Meta):
        constraints = [
            *Enclosed.Meta.constraints,
            models.UniqueConstraint(
                fields=["county", "adoption", "parameter"], name="adoptions_adopted_once"
            ),
        ]
        indexes = [models.Index(fields=["county", "line"], name="adoptions_adopted_of_line")]


class AdoptedTable(Enclosed):
    """A decision table of a sheet (采纳表): its rows as CSV in codes; it stands from the day `since`."""

    adoption = models.ForeignKey(Adoption, on_delete=models.PROTECT, db_index=False)
    table = models.CharField(max_length=60)
    rows = models.TextField()
    since = models.DateField()

    class Meta(Enclosed.Meta):
        constraints = [
            *Enclosed.Meta.constraints,
            models.UniqueConstraint(
                fields=["county", "adoption", "table"], name="adoptions_adopted_table_once"
            ),
        ]
        indexes = [models.Index(fields=["county", "line"], name="adoptions_table_of_line")]


class YearNotice(Sealed):
    """The days off of one year as its notice has them (放假安排); the newest `version` of a year stands.

    `rest` and `work` are days as ISO text: off beside the weekends, and weekends that are worked (调休).
    """

    year = models.PositiveSmallIntegerField()
    version = models.PositiveSmallIntegerField(default=1)
    number = models.CharField(max_length=60)
    rest = models.JSONField(default=list)
    work = models.JSONField(default=list)
    entered_by = models.UUIDField(null=True)
    post = models.CharField(max_length=40, blank=True)
    at = models.DateTimeField()

    class Meta(Sealed.Meta):
        constraints = [
            *Sealed.Meta.constraints,
            models.UniqueConstraint(
                fields=["county", "region", "year", "version"], name="adoptions_notice_version"
            ),
        ]
