"""One letter as a person reads it: its words, what it is about, who did what, and what the reader may do now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import Http404
from django.utils import timezone
from django.utils.translation import get_language

from shouwang.domains.areas.queries import names
from shouwang.domains.files.queries import attachments_of
from shouwang.domains.letters.queries import causes_of, handlings_of
from shouwang.domains.people.actor import Actor
from shouwang.domains.people.queries import names as people_named
from shouwang.faces.office.letters.words import act_label
from shouwang.faces.templatetags.words import department_label, post_label, say
from shouwang.flows.advance_letter import open_arrows
from shouwang.flows.letter_sight import see_letter
from shouwang.flows.letter_words import issuer_of, line_of
from shouwang.flows.refusal import NotSeen
from shouwang.flows.sight import areas_for, pack_for
from shouwang.kernel.codes import covered
from shouwang.policy import Pack
from shouwang.policy.letter_shapes import DECISIONS, LetterArrow, LetterKind

# What is offered first, and what is done on a page of its own.
FIRST = ("approve", "issue", "answer", "hold", "decide", "receive", "accept", "close")
PAPERS = ("issue", "answer", "hold", "decide", "stamp", "accept")


@dataclass(frozen=True, kw_only=True)
class LetterOffer:
    """An act as a button or as a form with the fields it asks for."""

    act: str
    label: str
    clause: str
    words: bool
    promise: bool
    decision: bool
    number: bool
    papers: bool
    needs_paper: bool

    @property
    def leads(self) -> bool:
        """Whether it is what the letter waits for, not a way back."""
        return self.act in FIRST

    @property
    def answers(self) -> bool:
        return self.act in ("answer", "hold", "decide")

    @property
    def plain(self) -> bool:
        return not (self.words or self.promise or self.decision or self.number or self.papers)


@dataclass(frozen=True, kw_only=True)
class Told:
    act: str
    label: str
    at: datetime
    who: str
    post: str
    words: str
    promise: str
    clause: str
    files: Sequence[Any]
    line: UUID


@dataclass(frozen=True, kw_only=True)
class Matter:
    """One thing the letter is about, with the page it stands on."""

    words: str
    kind: str
    subject: UUID


@dataclass(frozen=True, kw_only=True)
class Telling:
    letter: Any
    kind: LetterKind
    pack: Pack
    issuer: str
    to: str
    causes: Sequence[Any]
    matters: Sequence[Matter]
    steps: Sequence[Told]
    offers: Sequence[LetterOffer]
    may_revise: bool
    may_prove: bool

    @property
    def by_house(self) -> bool:
        return not self.letter.hands and self.letter.state == "drafted"

    @property
    def decisions(self) -> Sequence[tuple[str, str]]:
        return [(code, say(self.pack.wordings.get(f"letter.decision.{code}"), code)) for code in DECISIONS]


def telling(actor: Actor, letter_id: UUID) -> Telling:
    """404 outside the reader's sight."""
    try:
        letter = see_letter(actor, letter_id)
    except NotSeen:
        raise Http404 from None
    pack = pack_for(letter.region, now=timezone.now())
    kind, causes = pack.letters[letter.kind], causes_of(letter)
    arrows = open_arrows(actor, letter, pack=pack)
    return Telling(
        letter=letter,
        kind=kind,
        pack=pack,
        issuer=say(issuer_of(kind, letter.region)),
        to=_recipient(letter),
        causes=causes,
        matters=_matters(pack, kind, causes),
        steps=_steps(letter),
        offers=sorted((_offer(one) for one in arrows if one.act != "revise"), key=_order),
        may_revise=any(one.act == "revise" for one in arrows),
        may_prove=covered(areas_for(actor, "ledger.prove"), letter.region),
    )


def _recipient(letter: Any) -> str:
    who = department_label(letter.to_department) if letter.to_department else post_label(letter.to_post)
    return f"{names([letter.to_body])[letter.to_body]} · {who}"


def _matters(pack: Pack, kind: LetterKind, causes: Sequence[Any]) -> list[Matter]:
    language = (get_language() or "zh")[:2]
    return [
        Matter(
            words=line_of(pack, kind, one.kind, one.facts, language),
            kind=one.kind,
            subject=one.subject,
        )
        for one in causes
    ]


def _order(offer: LetterOffer) -> int:
    return FIRST.index(offer.act) if offer.act in FIRST else len(FIRST)


def _offer(arrow: LetterArrow) -> LetterOffer:
    return LetterOffer(
        act=arrow.act,
        label=say(arrow.label),
        clause=arrow.row,
        words="words" in arrow.guards or arrow.act in ("decide", "accept"),
        promise="promise" in arrow.guards,
        decision="decision" in arrow.guards,
        number=arrow.act == "issue",
        papers=arrow.act in PAPERS,
        needs_paper="paper" in arrow.guards,
    )


def _steps(letter: Any) -> list[Told]:
    steps, files = handlings_of(letter), attachments_of(letter.county, letter.id)
    known = people_named({step.actor for step in steps})
    return [
        Told(
            act=step.act,
            label=act_label(step.act),
            at=step.at,
            who=known.get(step.actor, "") if step.actor else "",
            post=step.post,
            words=step.words,
            promise=step.promise,
            clause=step.clause,
            files=[file for file in files if file.line == step.line],
            line=step.line,
        )
        for step in steps
    ]
