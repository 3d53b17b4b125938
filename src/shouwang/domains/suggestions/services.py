"""Acts on suggestions: one transaction and one ledger line each; what was said stands in no line."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import models

from shouwang.domains.ledger.acts import Act, before, keep
from shouwang.domains.ledger.minting import mint, salt
from shouwang.kernel.codes import county_of

from .models import Suggestion

ANSWERED = ("answer", "answered_by", "answered_at", "version")


@dataclass(frozen=True, kw_only=True)
class By:
    """Who acts, by which post, on which ground; nobody for whoever has no account."""

    at: datetime
    pack: str
    clause: str
    actor: UUID | None = None
    post: str = ""


def new_suggestion(words: str, *, face: str, page: str, region: str, by: By) -> Suggestion:
    return Suggestion(
        id=mint(by.at), county=county_of(region), region=region, salt=salt(), person=by.actor, post=by.post,
        face=face, page=page, words=words, said_at=by.at,
    )  # fmt: skip


def keep_suggestion(one: Suggestion, by: By, *, also: Sequence[models.Model] = ()) -> None:
    """Keep a new suggestion. Raises IntegrityError for a key used before."""
    keep(_act("suggest", one, by), subject=one, also=also)


def answer_suggestion(one: Suggestion, words: str, by: By) -> None:
    """Answer it, or put an earlier answer better. Raises Stale."""
    earlier = before(one, "version")
    one.answer, one.answered_by, one.answered_at, one.version = words, by.actor, by.at, one.version + 1
    keep(_act("answer", one, by), subject=one, changed=(earlier, ANSWERED))


def _act(name: str, one: Suggestion, by: By) -> Act:
    return Act(
        room="suggestions", name=name, region=one.region, at=by.at, pack=by.pack, actor=by.actor, post=by.post,
        clause=by.clause,
    )  # fmt: skip
