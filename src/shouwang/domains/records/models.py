"""Records: each entry of a type, the steps it took, its searched values, and who looked behind a mask."""

from django.db import models

from shouwang.domains.ledger.rows import Enclosed, Row, Sealed, township


class Record(Sealed):
    """An entry of a record type (台账记录) that the body `region` keeps. Personal values are encrypted in `values`.

    `form` is the version of its type. `said_by` and `said_at` tell who last changed what it says; `lacking` that a
    paper which must be there is not there yet. `version` rises with every act; two acts never both win.
    """

    type = models.CharField(max_length=40)
    form = models.PositiveSmallIntegerField()
    occurred_on = models.DateField()
    period = models.CharField(max_length=30, blank=True)
    name = models.CharField(max_length=200, blank=True)
    values = models.JSONField(default=dict)
    state = models.CharField(max_length=12)
    lacking = models.BooleanField(default=False)
    department = models.CharField(max_length=40, blank=True)
    entered_by = models.UUIDField(null=True)
    entered_at = models.DateTimeField()
    said_by = models.UUIDField(null=True)
    said_at = models.DateTimeField()
    confirmed_by = models.UUIDField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    external_id = models.CharField(max_length=80, blank=True)
    way = models.CharField(max_length=8)
    version = models.PositiveIntegerField(default=1)
    township = township()

    class Meta(Sealed.Meta):
        constraints = [
            *Sealed.Meta.constraints,
            models.UniqueConstraint(
                fields=["county", "type", "external_id"],
                condition=~models.Q(external_id=""),
                name="records_record_by_external_id",
            ),
        ]
        indexes = [
            models.Index(fields=["county", "type", "-occurred_on", "-id"], name="records_newest_in_county"),
            models.Index(
                fields=["township", "type", "-occurred_on", "-id"], name="records_newest_in_township"
            ),
            models.Index(fields=["region", "type", "-occurred_on", "-id"], name="records_newest_in_region"),
            models.Index(
                fields=["county", "type", "state", "-occurred_on", "-id"], name="records_in_a_state"
            ),
            models.Index(
                fields=["county", "department", "type", "-occurred_on", "-id"], name="records_of_department"
            ),
            models.Index(fields=["county", "entered_by", "type", "-occurred_on"], name="records_of_author"),
        ]


class Step(Enclosed):
    """A later step of a record (台账经过): changed, confirmed, sent back, withdrawn. `earlier`: what it said before."""

    record = models.ForeignKey(Record, on_delete=models.PROTECT, db_index=False)
    act = models.CharField(max_length=20)
    source = models.CharField(max_length=12)
    target = models.CharField(max_length=12)
    actor = models.UUIDField(null=True)
    post = models.CharField(max_length=40, blank=True)
    at = models.DateTimeField()
    note = models.CharField(max_length=500, blank=True)
    earlier = models.JSONField(null=True)

    class Meta(Enclosed.Meta):
        indexes = [
            models.Index(fields=["county", "record", "at"], name="records_step_of_record"),
            models.Index(fields=["county", "line"], name="records_step_of_line"),
        ]


class Unmasking(Sealed):
    """Somebody looked at personal values in clear (查看明文), and said why."""

    record = models.ForeignKey(Record, on_delete=models.PROTECT, db_index=False)
    fields = models.JSONField(default=list)
    reason = models.CharField(max_length=500)
    actor = models.UUIDField(null=True)
    post = models.CharField(max_length=40, blank=True)
    at = models.DateTimeField()

    class Meta(Sealed.Meta):
        indexes = [models.Index(fields=["county", "record", "at"], name="records_unmasking_of_record")]


class Searched(Row):
    """One value of a searched field (检索值), typed, so that lists find it by an index; never a personal one."""

    # Derived from the record in the same act: held by a constraint, a table of ten thousand rows commits in a minute.
    record = models.ForeignKey(Record, on_delete=models.CASCADE, db_index=False, db_constraint=False)
    type = models.CharField(max_length=40)
    field = models.CharField(max_length=40)
    text = models.CharField(max_length=200, null=True)
    number = models.DecimalField(max_digits=21, decimal_places=6, null=True)
    day = models.DateField(null=True)

    class Meta(Row.Meta):
        indexes = [
            models.Index(fields=["county", "record", "field"], name="records_searched_of_record"),
            models.Index(fields=["county", "type", "field", "text"], name="records_searched_by_text"),
            models.Index(fields=["county", "type", "field", "number"], name="records_searched_by_number"),
            models.Index(fields=["county", "type", "field", "day"], name="records_searched_by_day"),
        ]


class PaperForm(Sealed):
    """A printed page that waits to be filled in by hand (纸质表单), known by the `code` on it.

    `form` is the version of its type; `batch` what was printed with it. A page of a record that is entered already
    names the `record`.
    """

    code = models.CharField(max_length=14)
    type = models.CharField(max_length=40)
    form = models.PositiveSmallIntegerField()
    period = models.CharField(max_length=30, blank=True)
    record = models.ForeignKey(Record, on_delete=models.PROTECT, db_index=False, null=True)
    batch = models.UUIDField()
    printed_by = models.UUIDField(null=True)
    at = models.DateTimeField()

    class Meta(Sealed.Meta):
        constraints = [
            *Sealed.Meta.constraints,
            models.UniqueConstraint(fields=["county", "code"], name="records_paper_by_code"),
        ]
        indexes = [
            models.Index(fields=["county", "batch", "region"], name="records_paper_of_batch"),
        ]


class PaperReturn(Enclosed):
    """A printed page came back (回传): the record that was entered from it. A page makes one record."""

    paper = models.ForeignKey(PaperForm, on_delete=models.PROTECT, db_index=False)
    record = models.ForeignKey(Record, on_delete=models.PROTECT, db_index=False)
    at = models.DateTimeField()

    class Meta(Enclosed.Meta):
        constraints = [
            *Enclosed.Meta.constraints,
            models.UniqueConstraint(fields=["county", "paper"], name="records_paper_returns_once"),
        ]
        indexes = [
            models.Index(fields=["county", "line"], name="records_paper_return_of_line"),
        ]
