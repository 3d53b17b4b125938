"""Peers: platforms of another level that alarms go to and come from, and each exchange with its receipt."""

from django.db import models

from shouwang.domains.ledger.rows import Row, Sealed


class Peer(Sealed):
    """Another level's platform (对接平台): `gives` are the areas whose alarms it is told of, `takes` those it may tell
    of. The key that both sign with is sealed; `linked_at` is when the first exchange succeeded."""

    name = models.CharField(max_length=80)
    url = models.CharField(max_length=300, blank=True)
    gives = models.JSONField(default=list)
    takes = models.JSONField(default=list)
    secret = models.BinaryField()
    made_at = models.DateTimeField()
    linked_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta(Sealed.Meta):
        constraints = [
            *Sealed.Meta.constraints,
            models.UniqueConstraint(
                fields=["county", "name"], condition=models.Q(ended_at=None), name="peers_name_once"
            ),
        ]


class Exchange(Row):
    """One word that went to a peer or came from one (交换记录), once: `event` names it on both sides, `origin` is the
    alarm where it first rang. What goes out waits until the peer has given its receipt; what comes in is kept, or only
    came round: about an alarm of our own, or one that another peer rang before."""

    peer = models.UUIDField()
    direction = models.CharField(max_length=3)
    event = models.CharField(max_length=80)
    act = models.CharField(max_length=20)
    origin = models.UUIDField()
    told = models.JSONField(default=dict)
    happened_at = models.DateTimeField()
    at = models.DateTimeField()
    state = models.CharField(max_length=10)
    tries = models.PositiveIntegerField(default=0)
    next_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    receipt = models.CharField(max_length=80, blank=True)
    reason = models.CharField(max_length=120, blank=True)

    class Meta(Row.Meta):
        constraints = [
            *Row.Meta.constraints,
            models.UniqueConstraint(fields=["county", "peer", "direction", "event"], name="peers_exchange_once"),
        ]
        indexes = [
            models.Index(fields=["county", "-id"], name="peers_exchange_newest"),
            models.Index(
                fields=["county", "peer", "-done_at"], condition=models.Q(done_at__isnull=False),
                name="peers_exchange_done",
            ),
            models.Index(fields=["county", "origin", "id"], name="peers_exchange_of_alarm"),
            models.Index(
                fields=["county", "peer", "id"], condition=models.Q(state="waiting"), name="peers_exchange_waiting"
            ),
        ]
