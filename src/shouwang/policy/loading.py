"""The packs that ship with the house, by name; a pack with errors is not served (装载)."""

from threading import Lock

from shouwang.policy.checks import check
from shouwang.policy.findings import BadPack
from shouwang.policy.pack import Pack
from shouwang.policy.pack_reading import read
from shouwang.policy.shipped import PACKS as PACKS
from shouwang.policy.shipped import USUAL

_loaded: dict[str, Pack] = {}
# The library that knows the shapes falls when two threads meet a shape for the first time at once.
_reading = Lock()


def load(name: str = USUAL) -> Pack:
    """The pack of that name, checked, read once; BadPack tells everything that is wrong with it."""
    found = _loaded.get(name)
    if found is None:
        with _reading:
            found = _loaded.get(name) or _loaded.setdefault(name, _checked(name))
    return found


def _checked(name: str) -> Pack:
    pack, findings = read(PACKS / name)
    errors = tuple(one for one in (*findings, *(check(pack) if pack else ())) if one.weight == "error")
    if pack is None or errors:
        raise BadPack(name, errors)
    return pack
