"""Which rows of a table fit the tree that stands: pure, so an import is judged before it is written."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from shouwang.kernel.codes import Level, covered
from shouwang.policy.areas import AreaFact, Refusal


@dataclass(frozen=True, kw_only=True)
class Standing:
    """What the tree already holds: the year of each code's list, and what merged into what."""

    years: Mapping[str, int]
    merged: Mapping[str, str]


def judge(
    facts: Iterable[AreaFact], *, standing: Standing, areas: tuple[str, ...]
) -> tuple[list[AreaFact], list[Refusal]]:
    """Split `facts` into those that fit under `areas` and the reasons against the others, parents first."""
    fitting: dict[str, AreaFact] = {}
    refusals: list[Refusal] = []
    for fact in sorted(facts, key=lambda fact: (len(fact.code), fact.code)):
        found = list(_against(fact, standing, areas, fitting))
        refusals += found
        if not found:
            fitting[fact.code] = fact
    for fact in [fact for fact in fitting.values() if fact.merged_into]:
        if found := list(_against_merger(fact, standing, fitting)):
            refusals += found
            del fitting[fact.code]
    return list(fitting.values()), refusals


def _against(
    fact: AreaFact, standing: Standing, areas: tuple[str, ...], fitting: Mapping[str, AreaFact]
) -> Iterable[Refusal]:
    if not covered(areas, fact.code):
        yield _refusal(fact, "code", "outside_territory", code=fact.code)
    if fact.level is not Level.PREFECTURE and not _known(fact.parent, standing, fitting):
        yield _refusal(fact, "code", "no_parent", code=fact.parent)
    if standing.years.get(fact.code, 0) > fact.year:
        yield _refusal(fact, "year", "older_list", value=str(fact.year), held=str(standing.years[fact.code]))


def _against_merger(fact: AreaFact, standing: Standing, fitting: Mapping[str, AreaFact]) -> Iterable[Refusal]:
    if not _known(fact.merged_into, standing, fitting):
        yield _refusal(fact, "merged_into", "no_target", code=fact.merged_into)
    merged = {**standing.merged, **{f.code: f.merged_into for f in fitting.values() if f.merged_into}}
    if fact.code in _heirs(fact.code, merged):
        yield _refusal(fact, "merged_into", "merge_circle", code=fact.merged_into)


def _heirs(code: str, merged: Mapping[str, str]) -> list[str]:
    heirs: list[str] = []
    while (code := merged.get(code, "")) and code not in heirs:
        heirs.append(code)
    return heirs


def _refusal(fact: AreaFact, field: str, reason: str, **params: str) -> Refusal:
    return Refusal(line=fact.line, field=field, reason=reason, params=params)


def _known(code: str, standing: Standing, fitting: Mapping[str, AreaFact]) -> bool:
    return code in standing.years or code in fitting
