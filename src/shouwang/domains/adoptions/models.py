"""Sheets of adopted values: what an office decided is written once, and never edited."""

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
