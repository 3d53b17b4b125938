"""How many of those who cannot run have somebody who helps them out: numbers of a village, and nothing of a person."""

from django.db import models

from shouwang.domains.ledger.rows import Sealed


class Pairing(Sealed):
    """Helpers of a village (疏散互助): people at risk, those with a helper, those with a stand-in too; one row each."""

    listed = models.PositiveIntegerField()
    paired = models.PositiveIntegerField()
    backed = models.PositiveIntegerField()
    counted_at = models.DateTimeField()

    class Meta(Sealed.Meta):
        constraints = [
            *Sealed.Meta.constraints,
            models.UniqueConstraint(fields=["region"], name="households_one_pairing"),
        ]
