"""What is wrong with the checklists of a pack: nothing to look at, the same thing twice, words nobody knows."""

from collections.abc import Container, Iterator

from shouwang.policy.findings import Findings
from shouwang.policy.pack import Pack
from shouwang.policy.text import Text

MOST = 9


def names_of_checklists(pack: Pack) -> Iterator[tuple[str, str, str, Container[str]]]:
    """(where, what, name, what is known). A list without a row of the plan would be new work for the grid (准入)."""
    for key, one in pack.checklists.items():
        where = f"checklists: {key}"
        yield where, "row", one.row, pack.rows
        yield from ((where, "kind", point.kind, pack.kinds) for point in one.points)
        yield from ((where, "site", site, pack.sites) for site in one.sites)


def check_checklists(pack: Pack, findings: Findings) -> None:
    for key, one in pack.checklists.items():
        where, points = f"checklists: {key}", [point.id for point in one.points]
        if not 1 <= len(points) <= MOST:
            findings.error(where, f"must have one to {MOST} points: it is filled in standing, in gloves")
        if one.item and not pack.wiring.records.grid_items:
            findings.error(where, "is new work of the grid; wiring.yaml names no record of what was admitted")
        if len(set(points)) != len(points):
            findings.error(where, "names a point twice")
    if pack.checklists and not any(one.homes for one in pack.checklists.values()):
        findings.error("checklists", "none is for homes")


def texts_of_checklists(pack: Pack) -> Iterator[tuple[str, Text]]:
    for key, one in pack.checklists.items():
        yield f"checklists: {key}.label", one.label
        yield from ((f"checklists: {key}.{point.id}", point.ask) for point in one.points)
