"""A checklist as a pack writes it (检查表): what is looked at in a home or a place; a changed one has a new version."""

from msgspec import Struct

from shouwang.policy.text import Text


class CheckPoint(Struct, frozen=True, forbid_unknown_fields=True):
    """One thing to look at. ``kind`` is the kind of hazard it is where it is bad; ``fact`` marks what is so or not
    whoever looks, such as a detector on the ceiling: two who look within a day cannot both be right."""

    id: str
    ask: Text
    kind: str
    fact: bool = False


class Checklist(Struct, frozen=True, forbid_unknown_fields=True):
    """For homes, for the kinds of place in ``sites`` (all that no other list names where it names none), or for whoever
    lives behind a ``door`` and looks for themselves. ``item`` names new work of the grid: such a list is shown only in
    counties that admitted the item (准入)."""

    id: str
    row: str
    label: Text
    points: tuple[CheckPoint, ...]
    version: int = 1
    homes: bool = False
    door: bool = False
    sites: tuple[str, ...] = ()
    item: str = ""
