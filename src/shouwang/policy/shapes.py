"""What a policy pack declares: clause rows, hazard kinds, posts, departments, transitions, bases."""

from datetime import date
from typing import Literal

from msgspec import Struct

from shouwang.policy.text import Text
from shouwang.policy.vocabulary import (
    Action,
    Ask,
    Guard,
    LevelName,
    Modality,
    NumberSource,
    Trigger,
)


class Row(Struct, frozen=True, forbid_unknown_fields=True):
    """One checkable row of the plan (条目). ``where`` is the short label of its clause for a chip."""

    id: str
    clause: str
    modality: Modality
    trigger: Trigger
    number: NumberSource
    where: Text
    title: Text | None = None
    text: Text | None = None
    screens: tuple[str, ...] = ()


class Sign(Struct, frozen=True, forbid_unknown_fields=True):
    """What one may look for (查看要点): ticked it is a fact of the case; nobody has to."""

    id: str
    label: Text


class Kind(Struct, frozen=True, forbid_unknown_fields=True):
    """A kind of hazard (隐患类别). A tile stands on the phone; the others only in the office."""

    id: str
    label: Text
    icon: str
    row: str
    tile: bool = False
    signs: tuple[Sign, ...] = ()


class SiteKind(Struct, frozen=True, forbid_unknown_fields=True):
    """A kind of place (场所类别) as far as grading and routing need it; `log`: its owner keeps a log of rounds;
    `home`: people live there, so that nothing of it is made public."""

    id: str
    label: Text
    crowded: bool = False
    log: bool = False
    home: bool = False


class Department(Struct, frozen=True, forbid_unknown_fields=True):
    id: str
    label: Text


class PostKind(Struct, frozen=True, forbid_unknown_fields=True):
    """A post of the plan (岗位). ``only_own`` posts see only the cases of their department; ``outdoors`` ones
    work with the phone."""

    id: str
    label: Text
    level: LevelName
    actions: frozenset[Action] = frozenset()
    department: str | None = None
    only_own: bool = False
    outdoors: bool = False


class Asked(Struct, frozen=True, forbid_unknown_fields=True):
    """Something a person must hand in, and why: 国办函〔2026〕12号 allows nothing demanded without need."""

    what: Ask
    required: bool
    row: str
    why: Text | None = None


class Transition(Struct, frozen=True, forbid_unknown_fields=True):
    """One arrow of the hazard loop (隐患闭环): ``act`` moves a case from ``source`` to ``target``."""

    source: str | None
    act: str
    target: str
    action: Action
    row: str
    label: Text
    guards: tuple[Guard, ...] = ()
    asks: tuple[Asked, ...] = ()


class Basis(Struct, frozen=True, forbid_unknown_fields=True):
    """A document the plan or this pack rests on (依据). ``held`` says what of its text is in the pack, ``wanting``
    what is not and must be entered by ``keeper``, who owns the text; ``parameters`` are those it would give.
    ``mark`` says how surely its facts were read: H in the document, M on one page, L weakly.
    """

    id: str
    title: Text
    number: str
    rows: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    status: str = ""
    replaced_by: str = ""
    held: Text | None = None
    wanting: Text | None = None
    keeper: str = ""
    parameters: tuple[str, ...] = ()
    mark: Literal["", "H", "M", "L"] = ""
