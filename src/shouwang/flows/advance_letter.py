"""A letter moves one arrow on: revised, approved, numbered and issued, received, answered, accepted, withdrawn."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from shouwang.domains.ledger.acts import before
from shouwang.domains.ledger.alone import Task, in_turn
from shouwang.domains.ledger.write import Stale
from shouwang.domains.letters.events import DECIDED, announced, taken_back
from shouwang.domains.letters.models import Letter
from shouwang.domains.letters.queries import causes_of, last_serial
from shouwang.domains.letters.services import Step, move_letter
from shouwang.domains.people.actor import Actor
from shouwang.kernel.decision import Decision
from shouwang.policy import Pack
from shouwang.policy.letter_shapes import LetterArrow, LetterKind
from shouwang.rules.clocks import deadline
from shouwang.rules.letters import LetterFacts, arrow, arrows_from, may, number_of, serial_of

from .draft_letter import FIELDS, LANGUAGES, word_faults
from .letter_sight import see_letter, side_post
from .letter_told import told_of
from .photos import Photo, attach
from .refusal import Moved, Refused, Unfit, too_long
from .sight import pack_of
from .working_days import workdays_of

LONG = 3000
# The paper with the seal on it, scanned; what an answer brings along.
STAMPED, REPLY = "stamped", "reply"
ANSWERS = ("answer", "hold", "decide")


@dataclass(frozen=True, kw_only=True)
class LetterMove:
    """What a person does to a letter. `version` is the one they looked at: acting on an older one is refused.

    `fields` are the words of a revised draft, `number` a number the office's own system gave.
    """

    act: str
    version: int | None = None
    words: str = ""
    promise: str = ""
    decision: str = ""
    number: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)
    papers: tuple[Photo, ...] = field(default=())


def advance_letter(actor: Actor, letter_id: UUID, move: LetterMove, *, now: datetime) -> Letter:
    """Move a letter by `move.act`. Raises NotSeen, Unfit, Refused, Moved, FileRefused."""
    letter = see_letter(actor, letter_id)
    pack = pack_of(letter.county, now=now)
    kind = pack.letters[letter.kind]
    if move.version is not None and move.version != letter.version:
        raise Moved(str(letter_id))
    judged = may_advance(actor, letter, move, pack=pack)
    if not judged.verdict:
        raise Refused(judged)
    _check(move, letter)
    found = arrow(pack, kind, letter.state, move.act)
    assert found is not None
    try:
        return _moved(actor, letter, move, (pack, kind, found), now=now)
    except Stale:
        raise Moved(str(letter_id)) from None
    except IntegrityError:
        raise Unfit({"number": _("This number was given to another letter.")}) from None


def may_advance(actor: Actor, letter: Letter, move: LetterMove, *, pack: Pack) -> Decision[bool]:
    """Whether the person may do this to the letter now, with every reason."""
    kind = pack.letters[letter.kind]
    found = arrow(pack, kind, letter.state, move.act)
    facts = LetterFacts(
        actor=str(actor.id),
        hands=tuple(letter.hands),
        words=move.words,
        promise=move.promise,
        decision=move.decision,
        papers=len(move.papers),
        holds=found is not None and bool(side_post(actor, pack, letter, found.side)),
    )
    return may(pack, kind, letter.state, move.act, facts)


def open_arrows(actor: Actor, letter: Letter, *, pack: Pack) -> list[LetterArrow]:
    """The arrows a person could take from here if they bring what each asks for."""
    kind = pack.letters[letter.kind]
    paper = (Photo(data=b"", purpose=STAMPED),)
    return [
        one
        for one in arrows_from(pack, kind, letter.state)
        if may_advance(actor, letter, _full(one.act, paper), pack=pack).verdict
    ]


def _full(act: str, papers: tuple[Photo, ...]) -> LetterMove:
    return LetterMove(act=act, words="-", promise="-", decision="listed", papers=papers)


def _check(move: LetterMove, letter: Letter) -> None:
    faults: dict[str, str] = {}
    for name, said in (("words", move.words), ("promise", move.promise), ("number", move.number)):
        most = 60 if name == "number" else LONG
        if fault := too_long(said, most):
            faults[name] = fault
    if move.act == "revise":
        language = move.fields.get("language", letter.language)
        faults |= word_faults(move.fields, language)
        if language not in LANGUAGES:
            faults["language"] = _("Choose the language.")
    if faults:
        raise Unfit(faults)


def _moved(
    actor: Actor, letter: Letter, move: LetterMove, ground: tuple[Pack, LetterKind, LetterArrow], *, now: datetime
) -> Letter:
    pack, kind, found = ground
    earlier, source = before(letter, "version"), letter.state
    letter.state, letter.version = found.target, letter.version + 1
    papers = tuple(
        attach(one, actor=actor, subject=letter.id, region=letter.region, now=now) for one in move.papers
    )
    with transaction.atomic():
        _change(actor, letter, move, (pack, kind), source=source, now=now)
        said = _said(letter, move, (pack, kind), source=source, now=now)
        step = Step(
            act=move.act, source=source, target=found.target, at=now, pack=pack.version, clause=found.row,
            actor=actor.id, post=side_post(actor, pack, letter, found.side), words=move.words.strip(),
            promise=move.promise.strip(), enclosed=(*said, *papers),
            also=told_of(letter, move.act, pack=pack, by=actor.id, now=now),
        )  # fmt: skip
        move_letter(letter, step, earlier=earlier)
    return letter


def _change(
    actor: Actor, letter: Letter, move: LetterMove, ground: tuple[Pack, LetterKind], *, source: str, now: datetime
) -> None:
    """What each act changes in the letter itself."""
    pack, kind = ground
    match move.act:
        case "revise":
            for name in FIELDS:
                setattr(letter, name, move.fields.get(name, "").strip())
            letter.language = move.fields.get("language", letter.language)
            letter.hands = sorted({*letter.hands, str(actor.id)})
        case "issue":
            letter.issued_at = now
            _number(letter, move.number.strip(), pack, kind, now)
            _clock(letter, pack, kind, now)
        case "answer" | "hold" | "decide":
            letter.answered_at, letter.decision = now, move.decision
        case "return":
            letter.answered_at = None
            _clock(letter, pack, kind, now)
        case "accept" | "close" | "withdraw":
            letter.ended_at = now


def _number(letter: Letter, own: str, pack: Pack, kind: LetterKind, now: datetime) -> None:
    """The next number of the office's row: dense, for nobody else can take one until this act is written."""
    year = now.astimezone(pack.zone).year
    letter.series, letter.year = kind.id, year
    if own:
        letter.number = own
        letter.serial = serial_of(pack, kind, own, region=letter.region, year=year)
        return
    in_turn(Task.NUMBER, letter.county)
    letter.serial = last_serial(letter) + 1
    letter.number = number_of(pack, kind, region=letter.region, year=year, serial=letter.serial)


def _clock(letter: Letter, pack: Pack, kind: LetterKind, now: datetime) -> None:
    if not kind.reply:
        return
    due = deadline(pack, workdays_of(letter.region), kind.reply, now).verdict
    letter.due_at, letter.due_provisional = (due.at, due.provisional) if due else (None, False)


def _said(
    letter: Letter, move: LetterMove, ground: tuple[Pack, LetterKind], *, source: str, now: datetime
) -> list[Any]:
    """The evidence of the act; a returned answer and a withdrawn letter prove nothing any more."""
    (pack, kind), causes = ground, causes_of(letter)
    if move.act == "return":
        given = [one for act in ANSWERS for one in kind.announces.get(act, ()) if one.startswith("letter.")]
        return list(taken_back(letter, given, at=now))
    if move.act == "withdraw":
        sent = kind.announces.get("issue", ()) if source in ("issued", "received") else ()
        return list(taken_back(letter, sent, at=now))
    first = set(kind.announces.get("issue", ()))
    kinds = [
        (one, _occurred(letter, one in first, now)) for one in kind.announces.get(move.act, ())
    ] + ([(DECIDED[move.decision], now)] if move.act == "decide" else [])
    more = {"answered_on": now.astimezone(pack.zone).date().isoformat()} if move.act == "answer" else {}
    return list(announced(letter, kinds, causes, at=now, more=more | ({"kept": True} if move.act == "accept" else {})))


def _occurred(letter: Letter, since_issue: bool, now: datetime) -> datetime:
    """A record that is carried on occurred when it began."""
    return (letter.issued_at if since_issue else letter.answered_at) or now
