"""Door codes: what is printed at a door opens that home's own page to whoever stands there."""

from django.db import models

from shouwang.domains.ledger.rows import Sealed

from .models import Home


class DoorCode(Sealed):
    """The code at a door (门码): known again by its `mark`, printed again from `code`, which is encrypted."""

    home = models.ForeignKey(Home, on_delete=models.PROTECT, db_index=False)
    mark = models.CharField(max_length=64)
    code = models.BinaryField()
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta(Sealed.Meta):
        constraints = [
            *Sealed.Meta.constraints,
            models.UniqueConstraint(fields=["county", "mark"], name="households_door_mark"),
            models.UniqueConstraint(
                fields=["county", "home"], condition=models.Q(revoked_at__isnull=True), name="households_one_live_code"
            ),
        ]
        indexes = [models.Index(fields=["county", "home"], name="households_doors_of_home")]
