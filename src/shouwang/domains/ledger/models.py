"""Tables of the ledger: lines, evidence, totals, keys, and what proves them."""

from django.db import models

from .rows import Enclosed, Row, township


class Line(Row):
    """One act (一事一记). `position` and `leaf` are given by the sealer, once, after commit."""

    at = models.DateTimeField()
    actor = models.UUIDField(null=True)
    post = models.CharField(max_length=40, blank=True)
    room = models.CharField(max_length=40)
    act = models.CharField(max_length=40)
    kind = models.CharField(max_length=60)
    object = models.UUIDField()
    before = models.BinaryField(null=True)
    after = models.BinaryField()
    enclosed = models.BinaryField()
    count = models.PositiveIntegerField(default=1)
    reason = models.CharField(max_length=60, blank=True)
    clause = models.CharField(max_length=20, blank=True)
    pack = models.CharField(max_length=60)
    position = models.BigIntegerField(null=True)
    leaf = models.BinaryField(null=True)

    class Meta(Row.Meta):
        constraints = [
            *Row.Meta.constraints,
            models.UniqueConstraint(fields=["county", "position"], name="ledger_line_by_position"),
        ]
        indexes = [
            models.Index(
                fields=["county", "id"], condition=models.Q(position=None), name="ledger_line_unsealed"
            ),
            models.Index(fields=["county", "object", "position"], name="ledger_line_of_object"),
        ]


class Item(Enclosed):
    """One new row of a bulk act (批量明细): the digest it was written with, under the line of all of them."""

    object = models.UUIDField()
    after = models.BinaryField()

    class Meta(Enclosed.Meta):
        indexes = [
            models.Index(fields=["county", "object"], name="ledger_item_of_object"),
            models.Index(fields=["county", "line"], name="ledger_item_of_line"),
        ]


class Resealing(Enclosed):
    """A row whose sealed values were encrypted anew (换密): its digest before and after, under the line of the act."""

    object = models.UUIDField()
    before = models.BinaryField()
    after = models.BinaryField()

    class Meta(Enclosed.Meta):
        indexes = [
            models.Index(fields=["county", "object"], name="ledger_resealing_of_object"),
            models.Index(fields=["county", "line"], name="ledger_resealing_of_line"),
        ]


class Evidence(Enclosed):
    """What a flow announces and duties read (佐证): a kind of thing happened to a subject."""

    kind = models.CharField(max_length=60)
    subject = models.UUIDField()
    occurred_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    room = models.CharField(max_length=40)
    facts = models.JSONField(default=dict)
    township = township()

    class Meta(Enclosed.Meta):
        indexes = [
            models.Index(fields=["county", "subject", "occurred_at"], name="ledger_evidence_of_subject"),
            models.Index(fields=["county", "line"], name="ledger_evidence_of_line"),
            models.Index(fields=["county", "kind", "occurred_at"], name="ledger_evidence_of_kind"),
            models.Index(
                fields=["county", "kind"],
                condition=models.Q(facts__has_any_keys=["period", "amends", "withdrawn"]),
                name="ledger_evidence_for_period",
            ),
        ]


class Delta(Row):
    """A change of a count, not folded yet (增量). `period` is '' for a stock, 'YYYY-MM' for a flow."""

    measure = models.CharField(max_length=80)
    period = models.CharField(max_length=7, blank=True)
    amount = models.BigIntegerField()

    class Meta(Row.Meta):
        indexes = [models.Index(fields=["county", "measure", "period"], name="ledger_delta_pending")]


class Total(Row):
    """A folded count (汇总) of one area, measure and period."""

    measure = models.CharField(max_length=80)
    period = models.CharField(max_length=7, blank=True)
    amount = models.BigIntegerField()

    class Meta(Row.Meta):
        constraints = [
            *Row.Meta.constraints,
            models.UniqueConstraint(
                fields=["county", "measure", "period", "region"], name="ledger_total_by_measure"
            ),
        ]


class Key(Row):
    """An idempotency key (幂等键): the same request sent twice acts once."""

    key = models.CharField(max_length=64)
    actor = models.UUIDField(null=True)
    fingerprint = models.BinaryField()
    object = models.UUIDField()
    at = models.DateTimeField()

    class Meta(Row.Meta):
        constraints = [
            *Row.Meta.constraints,
            models.UniqueConstraint(fields=["county", "key"], name="ledger_key_once"),
        ]


class Tile(Row):
    """Hash of a full subtree of 256**level leaves (哈希瓦片), so that a proof reads hundreds of rows, not millions."""

    level = models.PositiveSmallIntegerField()
    number = models.BigIntegerField()
    hash = models.BinaryField()

    class Meta(Row.Meta):
        constraints = [
            *Row.Meta.constraints,
            models.UniqueConstraint(fields=["county", "level", "number"], name="ledger_tile_by_number"),
        ]


class Checkpoint(Row):
    """A published root (检查点): what the level above holds against later rewriting or truncation."""

    size = models.BigIntegerField()
    root = models.BinaryField()
    algorithm = models.CharField(max_length=8)
    at = models.DateTimeField()

    class Meta(Row.Meta):
        constraints = [
            *Row.Meta.constraints,
            models.UniqueConstraint(fields=["county", "size"], name="ledger_checkpoint_by_size"),
        ]


class Cursor(Row):
    """How far a reader of positions has come (读取进度)."""

    reader = models.CharField(max_length=40)
    position = models.BigIntegerField(default=-1)

    class Meta(Row.Meta):
        constraints = [
            *Row.Meta.constraints,
            models.UniqueConstraint(fields=["county", "reader"], name="ledger_cursor_of_reader"),
        ]
