"""Acts on letters: each is one transaction and one ledger line, with its step, evidence and files."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import models

from shouwang.domains.ledger.acts import Act, Before, keep
from shouwang.domains.ledger.minting import mint, salt
from shouwang.domains.ledger.rows import Enclosed

from .models import Cause, Handling, Letter

CHANGED = (
    "state", "title", "title_ko", "opening", "opening_ko", "asks", "asks_ko", "contact", "addressee", "addressee_ko",
    "language", "number",
    "series", "year", "serial", "hands", "decision", "issued_at", "due_at", "due_provisional", "answered_at",
    "ended_at", "version",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Step:
    """What somebody did to a letter, or the house by itself; `also` are rows beside it, such as notices."""

    act: str
    source: str
    target: str
    at: datetime
    pack: str
    clause: str
    actor: UUID | None = None
    post: str = ""
    words: str = ""
    promise: str = ""
    enclosed: tuple[Enclosed, ...] = field(default=())
    also: tuple[models.Model, ...] = field(default=())


def open_letter(letter: Letter, step: Step, *, causes: Sequence[Cause]) -> None:
    """Keep a new draft with what it is about. Raises IntegrityError for a step that has its letter."""
    rows = [_handling(letter, step), *causes, *step.enclosed]
    keep(_act(letter, step), subject=letter, enclosed=rows, also=step.also)


def move_letter(letter: Letter, step: Step, *, earlier: Before, causes: Sequence[Cause] = ()) -> None:
    """Keep a changed letter with the step that changed it. Raises Stale; IntegrityError for a number given before."""
    rows = [_handling(letter, step), *causes, *step.enclosed]
    keep(_act(letter, step), subject=letter, changed=(earlier, CHANGED), enclosed=rows, also=step.also)


def cause(
    letter: Letter,
    kind: str,
    *,
    subject: UUID,
    area: str,
    facts: dict[str, str],
    at: datetime,
    step: UUID | None = None,
) -> Cause:
    return Cause(
        id=mint(at),
        county=letter.county,
        region=letter.region,
        salt=salt(),
        letter=letter,
        kind=kind,
        subject=subject,
        area=area,
        step=step,
        facts=facts,
    )


def _handling(letter: Letter, step: Step) -> Handling:
    return Handling(
        id=mint(step.at),
        county=letter.county,
        region=letter.region,
        salt=salt(),
        letter=letter,
        act=step.act,
        source=step.source,
        target=step.target,
        actor=step.actor,
        post=step.post,
        at=step.at,
        words=step.words,
        promise=step.promise,
        clause=step.clause,
    )


def _act(letter: Letter, step: Step) -> Act:
    return Act(
        room="letters",
        name=step.act,
        region=letter.region,
        at=step.at,
        pack=step.pack,
        actor=step.actor,
        post=step.post,
        clause=step.clause,
    )
