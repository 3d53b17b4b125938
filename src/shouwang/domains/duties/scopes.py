"""Who may see a standing: posts whose territory covers its area, by the action `duties.see`."""

from collections.abc import Sequence

from shouwang.kernel.codes import covers

SEE = "duties.see"


def may_see(areas: Sequence[str], region: str) -> bool:
    return any(covers(area, region) for area in areas)
