"""People: accounts, the posts they hold with terms, sessions, and every try to sign in."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from shouwang.domains.ledger.rows import Row, Sealed


class Person(Sealed):
    """An account of a person (人员). What rises with each try to sign in lives in SignIn, not here."""

    login = models.CharField(max_length=60)
    name = models.CharField(max_length=60)
    language = models.CharField(max_length=10, default="zh-hans")
    password = models.CharField(max_length=160, blank=True)
    # Empty while the password is one that somebody else gave: the person must then choose another.
    password_at = models.DateTimeField(null=True)
    totp = models.BinaryField(blank=True, default=b"")
    # 'oidc:…' or 'ticket:…': who the person is at an identity provider or a host app.
    subject = models.CharField(max_length=160, blank=True)
    active = models.BooleanField(default=True)
    unlocked_at = models.DateTimeField(null=True)
    demo = models.CharField(max_length=120, blank=True)

    class Meta(Sealed.Meta):
        constraints = [
            *Sealed.Meta.constraints,
            models.UniqueConstraint(fields=["county", "login"], name="people_person_by_login"),
            models.UniqueConstraint(
                fields=["county", "subject"], condition=~models.Q(subject=""), name="people_person_by_subject"
            ),
        ]
        indexes = [
            models.Index(fields=["login"], name="people_signing_in"),
            models.Index(fields=["subject"], condition=~models.Q(subject=""), name="people_by_subject"),
            models.Index(fields=["county", "name", "id"], name="people_by_name"),
        ]


class Post(Sealed):
    """A post a person holds for a term (岗位任期). A deputy holds a copy of the post stood in for."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, db_index=False)
    kind = models.CharField(max_length=40)
    department = models.CharField(max_length=40, blank=True)
    territory = ArrayField(models.CharField(max_length=15))
    since = models.DateField()
    until = models.DateField(null=True)
    deputy_of = models.UUIDField(null=True)

    class Meta(Sealed.Meta):
        indexes = [
            models.Index(fields=["county", "person", "since"], name="people_posts_of_person"),
            models.Index(fields=["county", "region", "kind"], name="people_posts_of_body"),
        ]


class Session(Row):
    """A signed-in browser or phone (会话), known by the hash of its token.

    `owes` names the steps still to take before it opens anything: code, enrol, password; comma between.
    """

    person = models.UUIDField()
    token = models.CharField(max_length=64)
    owes = models.CharField(max_length=40, blank=True)
    made_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta(Row.Meta):
        constraints = [
            *Row.Meta.constraints,
            models.UniqueConstraint(fields=["county", "token"], name="people_session_by_token"),
        ]
        indexes = [models.Index(fields=["county", "person"], name="people_sessions_of_person")]


class SignIn(Row):
    """A try to sign in and how it ended (登录记录); lockout is counted from these."""

    login = models.CharField(max_length=60)
    person = models.UUIDField(null=True)
    means = models.CharField(max_length=10)
    outcome = models.CharField(max_length=20)
    step = models.BigIntegerField(null=True)
    at = models.DateTimeField()

    class Meta(Row.Meta):
        constraints = [
            *Row.Meta.constraints,
            # A one-time code opens once (RFC 6238, 5.2).
            models.UniqueConstraint(
                fields=["county", "person", "step"],
                condition=models.Q(step__isnull=False),
                name="people_code_used_once",
            ),
        ]
        indexes = [models.Index(fields=["county", "login", "-at"], name="people_tries_of_login")]


class Contact(Sealed):
    """Where a person, or the office of a region, is reached outside of this house (通知渠道); a telephone too.

    `address` is sealed, `hint` its last signs; both are empty once it has ended. Between the hours `quiet_from` and
    `quiet_until` only alarms go there. `told` names what an office hears of, everything where it is empty; while it is
    paused nothing goes there.
    """

    person = models.UUIDField(null=True)
    kind = models.CharField(max_length=10)
    address = models.BinaryField()
    hint = models.CharField(max_length=10, blank=True)
    label = models.CharField(max_length=40, blank=True, db_default="")
    told = models.JSONField(default=list, db_default=[])
    quiet_from = models.PositiveSmallIntegerField(null=True)
    quiet_until = models.PositiveSmallIntegerField(null=True)
    made_at = models.DateTimeField()
    paused_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    later = frozenset({"label", "told", "paused_at"})

    class Meta(Sealed.Meta):
        indexes = [
            models.Index(
                fields=["county", "person"], condition=models.Q(ended_at=None), name="people_contacts_in_use"
            )
        ]


class Look(Sealed):
    """Somebody read telephone numbers of people on duty in clear, and what for (查看电话); `about` what it was."""

    contacts = models.JSONField()
    purpose = models.CharField(max_length=20)
    about = models.UUIDField()
    actor = models.UUIDField()
    post = models.CharField(max_length=40)
    at = models.DateTimeField()

    class Meta(Sealed.Meta):
        indexes = [models.Index(fields=["county", "about"], name="people_looks_about")]
