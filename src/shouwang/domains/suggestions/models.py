"""Suggestions: what somebody said about the system, and the answer."""

from django.db import models

from shouwang.domains.ledger.rows import Sealed


class Suggestion(Sealed):
    """A suggestion (意见建议); `region` is the office it goes to. Without a `person` nobody knows whose.

    `face` and `page` say where it was written; a page's address without what was asked of it.
    """

    person = models.UUIDField(null=True)
    post = models.CharField(max_length=40, blank=True)
    face = models.CharField(max_length=10)
    page = models.CharField(max_length=120, blank=True)
    words = models.TextField()
    said_at = models.DateTimeField()
    answer = models.TextField(blank=True)
    answered_by = models.UUIDField(null=True)
    answered_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta(Sealed.Meta):
        indexes = [
            models.Index(fields=["county", "-said_at", "-id"], name="suggestions_newest_in_county"),
            models.Index(fields=["county", "person", "-said_at"], name="suggestions_of_person"),
        ]
