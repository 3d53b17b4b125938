"""Which area a cell means (辖区辨认): a code, alone or before a name, or a name that only one of them bears."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from shouwang.kernel.codes import is_region
from shouwang.kernel.decision import Reason
from shouwang.rules.forgiving import alike, tidy

CODE = re.compile(r"(\d{15}|\d{12}|\d{9}|\d{6})(?!\d)", re.ASCII)
SHOWN = 20


@dataclass(frozen=True, slots=True)
class Known:
    """Areas by code, and the codes that bear each name."""

    codes: frozenset[str] = frozenset()
    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def known(areas: Iterable[tuple[str, Iterable[str]]]) -> Known:
    """Areas as (code, the names it is called by)."""
    names: dict[str, list[str]] = {}
    codes = set()
    for code, called in areas:
        codes.add(code)
        for name in {alike(one) for one in called if one}:
            names.setdefault(name, []).append(code)
    return Known(frozenset(codes), {name: tuple(bearers) for name, bearers in names.items()})


def code_in(cell: object) -> str:
    """The code a cell holds or begins with, as in '222403001 渤海街道'; '' where there is none."""
    first = next(iter(tidy(cell).split()), "")
    found = CODE.match(alike(first))
    return found[1] if found and is_region(found[1]) else ""


def area_meant(cell: object, among: Known) -> str | Reason:
    """The code, or why it cannot be told."""
    if code := code_in(cell):
        return code if code in among.codes else Reason("body_outside")
    typed = tidy(cell)[:SHOWN]
    bearers = among.names.get(alike(cell), ())
    if len(bearers) == 1:
        return bearers[0]
    return Reason("body_of_many" if bearers else "body_unnamed", {"typed": typed})
