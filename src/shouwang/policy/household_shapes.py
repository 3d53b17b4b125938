"""What a pack says of homes and people at risk (重点户): why each thing is asked, on what ground, for how long."""

from collections.abc import Mapping
from typing import Literal, TypeAlias

from msgspec import Struct

from shouwang.policy.text import Text

PersonFieldType: TypeAlias = Literal["text", "phone", "date", "choice"]


class RiskGroup(Struct, frozen=True, forbid_unknown_fields=True):
    """A kind of risk (重点类别): ``every`` is the value that says how often such a home is visited, ``keep`` the one
    that says how long a person stands on the register; ``of_home`` is told of a home and not of a person."""

    id: str
    row: str
    label: Text
    every: str
    keep: str
    weight: int = 1
    of_home: bool = False


class PersonField(Struct, frozen=True, forbid_unknown_fields=True):
    """One thing asked of a person: with its ``purpose`` and its legal ``basis`` (个人信息保护法第六条、第十三条).

    ``saves`` marks what a crew is told on an alarm; ``guardian`` what is asked of whoever is under 14; ``helper`` and
    ``backup`` who helps the person out, and who does when that one is away.
    """

    id: str
    label: Text
    purpose: Text
    basis: Text
    type: PersonFieldType = "text"
    required: bool = False
    saves: bool = False
    guardian: bool = False
    born: bool = False
    helper: bool = False
    backup: bool = False
    most: int = 60
    choices: Mapping[str, Text] = {}
