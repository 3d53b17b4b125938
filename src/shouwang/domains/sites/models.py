"""Places and what is done in them: rounds of the owner, training of the staff. What names a person is sealed."""

from django.db import models

from shouwang.domains.ledger.rows import Sealed, township


class Site(Sealed):
    """A place (场所) by its name and door mark; whoever answers for it is in `contact`.

    `door` knows the owner's code again, `code` prints it again; a new one replaces both. `verified_at` is when somebody
    last found it as it stands here. From the day `closed_on` it owes nothing; its code is printed no more, and who
    answered for it is told no more.
    """

    later = frozenset({"closed_on", "closed_why"})

    township = township()
    mark = models.CharField(max_length=20)
    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=40)
    contact = models.BinaryField()
    door = models.CharField(max_length=64)
    code = models.BinaryField()
    entered_by = models.UUIDField()
    entered_at = models.DateTimeField()
    verified_at = models.DateTimeField(null=True)
    closed_on = models.DateField(null=True)
    closed_why = models.CharField(max_length=12, blank=True, default="", db_default="")

    class Meta(Sealed.Meta):
        constraints = [
            *Sealed.Meta.constraints,
            models.UniqueConstraint(
                fields=["region", "mark"], condition=models.Q(closed_on__isnull=True), name="sites_open_one_a_mark"
            ),
            models.UniqueConstraint(fields=["county", "door"], name="sites_one_place_a_code"),
        ]
        indexes = [
            models.Index(fields=["county", "region", "mark", "id"], name="sites_by_mark"),
            models.Index(fields=["township", "region", "mark", "id"], name="sites_of_township"),
        ]


class Printing(Sealed):
    """An owner's code was printed (印码): whoever had it in hand re-checks no fix that came with it."""

    site = models.ForeignKey(Site, on_delete=models.PROTECT, db_index=False)
    person = models.UUIDField()
    at = models.DateTimeField()

    class Meta(Sealed.Meta):
        indexes = [models.Index(fields=["county", "site", "at"], name="sites_printings_of_place")]


class Round(Sealed):
    """A round of the owner's own people through their place (防火巡查), by the list of its kind."""

    site = models.ForeignKey(Site, on_delete=models.PROTECT, db_index=False)
    checklist = models.CharField(max_length=40)
    version = models.PositiveSmallIntegerField()
    answers = models.JSONField()
    at = models.DateTimeField()

    class Meta(Sealed.Meta):
        indexes = [models.Index(fields=["county", "site", "at"], name="sites_rounds_of_place")]


class Taught(Sealed):
    """Staff of a place were taught (员工培训): when, by which `lesson` or what else, how many.

    Who, is in `people` until the day of deletion; then it is a tombstone that still says how many.
    """

    later = frozenset({"forgotten_at"})

    site = models.ForeignKey(Site, on_delete=models.PROTECT, db_index=False)
    kind = models.CharField(max_length=12)
    lesson = models.CharField(max_length=40, blank=True)
    topic = models.CharField(max_length=120, blank=True)
    persons = models.PositiveSmallIntegerField()
    people = models.BinaryField()
    on = models.DateField()
    entered_at = models.DateTimeField()
    forgotten_at = models.DateTimeField(null=True)

    class Meta(Sealed.Meta):
        indexes = [
            models.Index(fields=["county", "site", "on"], name="sites_taught_in_place"),
            models.Index(
                fields=["county", "on"], condition=models.Q(forgotten_at__isnull=True), name="sites_taught_to_forget"
            ),
        ]
