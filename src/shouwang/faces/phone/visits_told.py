"""The visits of a home as its page tells them: the newest first, with what contradicts another's."""

from collections.abc import Sequence
from typing import Any

from shouwang.domains.patrols.queries import visits_of
from shouwang.faces.templatetags.words import say
from shouwang.flows.record_visit import contradictions
from shouwang.policy import Pack


def visits_told(pack: Pack, home: Any) -> Sequence[dict[str, Any]]:
    visits = visits_of(home.county, home.id)
    asked = {point.id: say(point.ask) for one in pack.checklists.values() for point in one.points}
    against = contradictions(pack, visits)
    return [
        {"visit": visit, "otherwise": [asked.get(name, name) for name in against.get(visit.id, ())]} for visit in visits
    ]
