"""One thing of a pack by its id, on a day, as plain data (查看)."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import msgspec

from shouwang.policy.coverage import coverage
from shouwang.policy.pack import Pack
from shouwang.policy.spreadsheet import as_rows
from shouwang.policy.tables import Table
from shouwang.policy.values import Parameter


class NotInPack(LookupError):
    """No row, parameter, table or other thing of the pack has that id."""

    def __init__(self, name: str, like: tuple[str, ...]) -> None:
        hint = f"; like it: {', '.join(like)}" if like else ""
        super().__init__(f"'{name}' is not in this pack{hint}")


def show(pack: Pack, name: str, *, on: date) -> Mapping[str, Any]:
    for what, things in _sections(pack).items():
        if name in things:
            return {"what": what, **_told(pack, name, things[name], on=on)}
    known = (key for things in _sections(pack).values() for key in things)
    raise NotInPack(name, tuple(key for key in known if name.lower() in key.lower())[:8])


def _sections(pack: Pack) -> Mapping[str, Mapping[str, object]]:
    return {
        "row": pack.rows,
        "parameter": pack.parameters,
        "table": pack.tables,
        "kind": pack.kinds,
        "site": pack.sites,
        "post": pack.posts,
        "department": pack.departments,
        "duty": pack.duties,
        "record": pack.records,
        "indicator": pack.indicators,
        "basis": pack.bases,
    }


def _told(pack: Pack, name: str, thing: object, *, on: date) -> dict[str, Any]:
    if isinstance(thing, Table):
        edition = thing.edition(on)
        return {
            "id": name,
            "hit": thing.hit,
            "label": msgspec.to_builtins(thing.label),
            "unset": bool(edition and edition.unset),
            "rows": as_rows(edition) if edition else [],
        }
    told: dict[str, Any] = msgspec.to_builtins(thing)
    if isinstance(thing, Parameter):
        told["on"] = {"day": on.isoformat(), **msgspec.to_builtins(thing.on(on))}
    if name in pack.rows:
        carried = next(line for line in coverage(pack) if line.row == name)
        told |= {name: getattr(carried, name) for name in ("duties", "records", "indicators", "bases", "rules")}
    return told
