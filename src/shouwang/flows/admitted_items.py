"""网格事项准入: new work of the grid is shown to nobody before the county admitted it (07-04)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from shouwang.domains.records.queries import of_type
from shouwang.kernel.codes import county_of
from shouwang.policy import Pack
from shouwang.rules.forgiving import tidy

ADMITTED = "admitted"


@dataclass(frozen=True, kw_only=True)
class Item:
    """What was decided on one item: from when the grids do it, and by which department it was asked for."""

    name: str
    department: str
    decision: str
    starts_on: date | None


def decided_items(county: str, *, pack: Pack) -> Sequence[Item]:
    """Everything the county decided on, the newest first."""
    type_ = pack.wiring.records.grid_items
    rows = of_type(county, type_) if type_ else []
    return [_item(row.values) for row in rows if row.values.get("decision")]


def barred_lists(region: str, *, pack: Pack, now: datetime) -> frozenset[str]:
    """Lists that name new work which is not admitted in the county, or does not begin yet."""
    asked = {one.id: one.item for one in pack.checklists.values() if one.item}
    if not asked:
        return frozenset()
    today = now.astimezone(pack.zone).date()
    open_now = {
        tidy(one.name)
        for one in decided_items(county_of(region), pack=pack)
        if one.decision == ADMITTED and (one.starts_on is None or one.starts_on <= today)
    }
    return frozenset(name for name, item in asked.items() if tidy(item) not in open_now)


def _item(values: Mapping[str, object]) -> Item:
    starts = str(values.get("starts_on") or "")
    return Item(
        name=str(values.get("item", "")), department=str(values.get("department", "")),
        decision=str(values.get("decision", "")), starts_on=date.fromisoformat(starts) if starts else None,
    )  # fmt: skip
