"""Training: that somebody answered every question of a lesson."""

from django.db import models

from shouwang.domains.ledger.rows import Sealed


class Passing(Sealed):
    """A lesson passed (学会): once a year for each person and lesson; `region` is the body of the post it counts for.

    What was answered wrongly before is kept nowhere.
    """

    person = models.UUIDField()
    lesson = models.CharField(max_length=40)
    post = models.CharField(max_length=40)
    year = models.PositiveSmallIntegerField()
    passed_at = models.DateTimeField()

    class Meta(Sealed.Meta):
        constraints = [
            *Sealed.Meta.constraints,
            models.UniqueConstraint(
                fields=["county", "person", "lesson", "year"], name="training_passed_once_a_year"
            ),
        ]
