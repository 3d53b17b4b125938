"""A duty as a pack declares it: who owes it, what starts it, by when, and which record proves it (职责)."""

from datetime import date

from msgspec import Struct, field

from shouwang.policy.text import Text
from shouwang.policy.vocabulary import (
    Anchor,
    Every,
    LevelName,
    Measure,
    Modality,
    Reach,
    Rung,
    Scalar,
)

Where = dict[str, Scalar | tuple[Scalar, ...]]


class Bearer(Struct, frozen=True, forbid_unknown_fields=True):
    """Which bodies owe the duty (责任主体): every area of a level, or only those of some kinds.

    ``of_case``: of many departments the one that the case is with does it; the others have no part in it.
    """

    level: LevelName
    kinds: tuple[str, ...] = ()
    department: str | None = None
    post: str | None = None
    of_case: bool = False


class Calendar(Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag="calendar"):
    """Once in every period (周期). ``months`` leaves out the periods that begin elsewhere; ``every: season`` names
    its ``seasons`` (重点时段), each of which has its days in season.<name>.starts and season.<name>.ends."""

    every: Every
    months: tuple[int, ...] = ()
    seasons: tuple[str, ...] = ()


class Event(Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag="event"):
    """Each time evidence of a kind appears (事件), with the facts it must carry. ``reaching`` gives a number among
    them the parameter it must come up to; ``at`` names the date among its facts from which the clock runs, for a
    record that is carried on: found, assessed, decided. ``own`` takes only what the bearer itself left, not what
    others in its area did."""

    on: str
    where: Where = field(default_factory=dict)
    reaching: dict[str, str] = field(default_factory=dict)
    at: str | None = None
    own: bool = False


class State(Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag="state"):
    """Always (常态): its newest proof must not be older than ``valid``; without it, one proof stands."""

    valid: str | None = None


class Threshold(Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag="threshold"):
    """As soon as a fact reaches a number (达标触发); ``above`` asks for more than the number."""

    fact: str
    least: str
    above: bool = False


class Once(Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag="once"):
    """One time, by the day a parameter names (一次性); with ``before``, by the day before it."""

    by: str
    before: bool = False


Trigger = Calendar | Event | State | Threshold | Once


class Deadline(Struct, frozen=True, forbid_unknown_fields=True):
    """``parameter`` is a clock of the pack, or ``case`` for the clock of the case's own grade (时限)."""

    parameter: str | None = None
    anchor: Anchor | None = None
    grace: str | None = None


class Proof(Struct, frozen=True, forbid_unknown_fields=True):
    """The evidence that meets the duty (佐证): its kind, its facts, how many, and who must have left it.

    ``reaching`` gives a whole number among its facts the parameter it must come up to. ``at`` names the date among
    the facts of a record on which the duty was done; while it is empty nothing was done. ``each`` names
    the fact whose different values are counted, so that a department that did it twice is one. ``times`` is how
    often in a period each of them, or each object, must have it.
    """

    kind: str
    where: Where = field(default_factory=dict)
    reaching: dict[str, str] = field(default_factory=dict)
    least: str | int = 1
    reach: Reach | None = None
    at: str | None = None
    each: str | None = None
    times: str | None = None


class Objects(Struct, frozen=True, forbid_unknown_fields=True):
    """What the duty must reach one by one (对象): the entries of a register, each with its own evidence. Areas are
    reached by evidence that names them in its fact ``area``, or that was left in them."""

    register: str
    where: Where = field(default_factory=dict)


class Score(Struct, frozen=True, forbid_unknown_fields=True):
    measure: Measure


class Duty(Struct, frozen=True, forbid_unknown_fields=True):
    """A duty (职责). The verifier is never the performer; ``late_entry`` says whether work done in time but
    entered afterwards (补录) counts; ``condition`` says which bodies owe it."""

    id: str
    row: str
    label: Text
    modality: Modality
    bearer: Bearer
    performer: str
    verifier: str
    trigger: Trigger
    evidence: Proof
    rows: tuple[str, ...] = ()
    deadline: Deadline = Deadline()
    condition: Where = field(default_factory=dict)
    objects: Objects | None = None
    waived_by: tuple[str, ...] = ()
    superseded_on: date | None = None
    late_entry: bool = True
    ladder: tuple[Rung, ...] = ()
    score: Score | None = None

    @property
    def can_fail(self) -> bool:
        """Only what the plan demands can be failed; the rest is counted."""
        return self.modality == "must"

    @property
    def rows_served(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys((self.row, *self.rows)))


class EvidenceKind(Struct, frozen=True, forbid_unknown_fields=True):
    """A kind of evidence (佐证种类) that some room announces; records announce ``record.<type>`` by themselves.

    ``kept: false`` says that its room is not built yet: what it would prove cannot be told, so nobody fails by it.
    """

    id: str
    label: Text
    room: str
    facts: tuple[str, ...] = ()
    kept: bool = True
