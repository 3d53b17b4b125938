"""Photos and papers by content hash; which act they belong to is an enclosed row."""

from django.db import models

from shouwang.domains.ledger.rows import Enclosed, Row


class Content(Row):
    """Bytes kept once a county (文件内容), named by their SHA-256."""

    sha256 = models.CharField(max_length=64)
    media_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)
    at = models.DateTimeField()

    class Meta(Row.Meta):
        constraints = [
            *Row.Meta.constraints,
            models.UniqueConstraint(fields=["county", "sha256"], name="files_content_once"),
        ]


class Attachment(Enclosed):
    """A file of a subject (附件): before or after photo, paper; place and time are kept as evidence."""

    subject = models.UUIDField()
    sha256 = models.CharField(max_length=64)
    purpose = models.CharField(max_length=40)
    taken_at = models.DateTimeField(null=True)
    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)
    at = models.DateTimeField()

    class Meta(Enclosed.Meta):
        indexes = [
            models.Index(fields=["county", "subject", "at"], name="files_attachment_of_subject"),
            models.Index(fields=["county", "line"], name="files_attachment_of_line"),
            models.Index(fields=["county", "sha256"], name="files_attachment_of_content"),
        ]
