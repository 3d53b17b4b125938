"""Units that merged (撤并沿革): old rows keep their region and are read through dated aliases."""

from collections.abc import Iterable
from datetime import date

from .models import Alias
from .scopes import ancestors


def current(codes: Iterable[str], *, on: date) -> dict[str, str]:
    """What each code goes on as on a day; what lay inside a merged unit and has no heir joins the unit's."""
    heirs = _heirs(on)
    return {code: _last(code, heirs) for code in codes}


def with_former(areas: Iterable[str], *, on: date) -> tuple[str, ...]:
    """`areas` and every unit that merged into one of them or into a part of them, however long ago."""
    found = dict.fromkeys(areas)
    heirs = _heirs(on)
    while more := [
        old for old, new in heirs.items() if old not in found and {new, *ancestors(new)} & found.keys()
    ]:
        found |= dict.fromkeys(more)
    return tuple(found)


def _heirs(on: date) -> dict[str, str]:
    return dict(Alias.objects.filter(since__lte=on).values_list("region", "target"))


def _last(code: str, heirs: dict[str, str]) -> str:
    seen = {code}
    while (heir := next((heirs[unit] for unit in (code, *ancestors(code)) if unit in heirs), "")) not in seen:
        if not heir:
            return code
        seen.add(code := heir)
    return code
