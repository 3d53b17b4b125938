"""Acts on suggestions: one transaction and one ledger line each; what was said stands in no line."""

from collections.abc import Sequence

from django.db import models

from shouwang.domains.ledger.acts import By, before, keep
from shouwang.domains.ledger.minting import mint, salt
from shouwang.kernel.codes import county_of

from .models import Suggestion

ROOM = "suggestions"
ANSWERED = ("answer", "answered_by", "answered_at", "version")


def new_suggestion(words: str, *, face: str, page: str, region: str, by: By) -> Suggestion:
    return Suggestion(
        id=mint(by.at), county=county_of(region), region=region, salt=salt(), person=by.actor, post=by.post,
        face=face, page=page, words=words, said_at=by.at,
    )  # fmt: skip


def keep_suggestion(one: Suggestion, by: By, *, also: Sequence[models.Model] = ()) -> None:
    """Keep a new suggestion. Raises IntegrityError for a key used before."""
    keep(by.act(ROOM, "suggest", region=one.region), subject=one, also=also)


def answer_suggestion(one: Suggestion, words: str, by: By) -> None:
    """Answer it, or put an earlier answer better. Raises Stale."""
    earlier = before(one, "version")
    one.answer, one.answered_by, one.answered_at, one.version = words, by.actor, by.at, one.version + 1
    keep(by.act(ROOM, "answer", region=one.region), subject=one, changed=(earlier, ANSWERED))
