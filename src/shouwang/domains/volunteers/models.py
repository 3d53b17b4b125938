"""Groups of neighbours, their members, calls and drills; names and telephones of members are sealed."""

from django.db import models

from shouwang.domains.ledger.rows import Sealed, township


class Group(Sealed):
    """A group of neighbours (邻里小组): ``volunteers`` of buildings, or households that watch together (``defence``).

    `posted` says that who does what, and whom to call, hangs in the building; `checked_at` when somebody last said
    that it is still so.
    """

    township = township()
    kind = models.CharField(max_length=12)
    name = models.CharField(max_length=80)
    buildings = models.PositiveSmallIntegerField()
    posted = models.BooleanField()
    entered_at = models.DateTimeField()
    checked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta(Sealed.Meta):
        indexes = [
            models.Index(fields=["county", "region", "id"], name="volunteers_groups"),
            models.Index(fields=["township", "region", "id"], name="volunteers_groups_of_town"),
        ]


class Member(Sealed):
    """Somebody of a group (组员): a `person` with an account, a `home` by its door, or whom `told` names."""

    group = models.ForeignKey(Group, on_delete=models.PROTECT, db_index=False)
    role = models.CharField(max_length=16)
    person = models.UUIDField(null=True)
    home = models.UUIDField(null=True)
    told = models.BinaryField()
    entered_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta(Sealed.Meta):
        constraints = [
            *Sealed.Meta.constraints,
            models.UniqueConstraint(
                fields=["county", "group", "person"],
                condition=models.Q(ended_at__isnull=True, person__isnull=False),
                name="volunteers_person_once",
            ),
            models.UniqueConstraint(
                fields=["county", "group", "home"],
                condition=models.Q(ended_at__isnull=True, home__isnull=False),
                name="volunteers_home_once",
            ),
        ]
        indexes = [
            models.Index(fields=["county", "group"], name="volunteers_of_group"),
            models.Index(fields=["county", "person"], name="volunteers_of_person"),
        ]


class Call(Sealed):
    """A call for help to a group (邻里求援); `ended_at` once nobody needs to come any more."""

    group = models.ForeignKey(Group, on_delete=models.PROTECT, db_index=False)
    place = models.CharField(max_length=120)
    words = models.CharField(max_length=200, blank=True)
    caller = models.UUIDField()
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta(Sealed.Meta):
        indexes = [models.Index(fields=["county", "group", "-at"], name="volunteers_calls_of_group")]


class Answer(Sealed):
    """What a member answered a call (应答): comes or cannot; the newest word counts."""

    call = models.ForeignKey(Call, on_delete=models.PROTECT, db_index=False)
    member = models.ForeignKey(Member, on_delete=models.PROTECT, db_index=False)
    comes = models.BooleanField()
    at = models.DateTimeField()

    class Meta(Sealed.Meta):
        constraints = [
            *Sealed.Meta.constraints,
            models.UniqueConstraint(fields=["county", "call", "member"], name="volunteers_one_answer"),
        ]


class Attendance(Sealed):
    """A member took part in a drill (演练名册); the drill itself is a record."""

    drill = models.UUIDField()
    member = models.ForeignKey(Member, on_delete=models.PROTECT, db_index=False)

    class Meta(Sealed.Meta):
        constraints = [
            *Sealed.Meta.constraints,
            models.UniqueConstraint(fields=["county", "drill", "member"], name="volunteers_once_a_drill"),
        ]
