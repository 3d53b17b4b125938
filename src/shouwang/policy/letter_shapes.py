"""Letters of an office as a pack declares them: who writes, approves and issues each kind, and what follows (函件)."""

from typing import Literal, TypeAlias

from msgspec import Struct, field

from shouwang.policy.text import Text
from shouwang.policy.vocabulary import LevelName, Rung

Side: TypeAlias = Literal["drafts", "approves", "issues", "receives"]
LetterGuard: TypeAlias = Literal["other_hand", "words", "decision", "promise", "paper"]
# How a kind is answered: by the recipient in words, by holding an interview, by a decision, or not at all.
Answer: TypeAlias = Literal["answer", "hold", "decide", "none"]
Ground: TypeAlias = Literal["overdue", "fire", "risk", "major_hazard"]
# What must be true of every case a letter is about.
Needs: TypeAlias = Literal["", "major", "listed", "closed"]
DECISIONS = ("listed", "not_listed")


class LetterArrow(Struct, frozen=True, forbid_unknown_fields=True):
    """One arrow of a letter (函件流转): ``act`` moves it from ``source`` to ``target``, done by one ``side`` of it.

    ``only`` names the ways of answering it is for; without, it is for every kind.
    """

    source: str | None
    act: str
    target: str
    side: Side
    row: str
    label: Text
    guards: tuple[LetterGuard, ...] = ()
    only: tuple[Answer, ...] = ()


class LetterKind(Struct, frozen=True, forbid_unknown_fields=True):
    """A kind of letter (函件种类).

    ``drafts``, ``approves`` and ``issues`` are posts of the issuing office; ``to`` is the post it goes to, where it
    does not go to a department. ``reply`` is the clock of the answer, ``rungs`` the steps of the ladder it is drafted
    for, ``announces`` the evidence each act leaves: kinds ``hazard.*`` about every case, others about the letter.
    In the texts ``{place} {to} {days}`` are filled in; the cases stand between ``opening`` and ``asks``.
    """

    id: str
    row: str
    label: Text
    levels: tuple[LevelName, ...]
    issuer: Text
    number: str
    drafts: tuple[str, ...]
    approves: tuple[str, ...]
    issues: tuple[str, ...]
    answer: Answer
    ground: Ground
    title: Text
    opening: Text
    asks: Text
    reply_by: Text | None = None
    recipient: Text | None = None
    to: str = ""
    reply: str = ""
    needs: Needs = ""
    rungs: tuple[Rung, ...] = ()
    announces: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def side_posts(self) -> dict[str, tuple[str, ...]]:
        return {"drafts": self.drafts, "approves": self.approves, "issues": self.issues}
