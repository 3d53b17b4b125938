"""The packs that ship with the house, by name; a pack with errors is not served (装载)."""

from functools import cache

from shouwang.policy.checks import check
from shouwang.policy.findings import BadPack
from shouwang.policy.pack import Pack
from shouwang.policy.pack_reading import read
from shouwang.policy.shipped import PACKS as PACKS
from shouwang.policy.shipped import USUAL


@cache
def load(name: str = USUAL) -> Pack:
    """The pack of that name, checked; BadPack tells everything that is wrong with it."""
    pack, findings = read(PACKS / name)
    errors = tuple(one for one in (*findings, *(check(pack) if pack else ())) if one.weight == "error")
    if pack is None or errors:
        raise BadPack(name, errors)
    return pack
