"""What a person may see or do now: posts held × territory × action, denied by default."""

from django.conf import settings

from shouwang.domains.areas.queries import counties_of
from shouwang.domains.hazards.queries import Sight
from shouwang.domains.people.actor import Actor
from shouwang.kernel.codes import Level, level_of
from shouwang.policy import Pack, load
from shouwang.rules.scope import reach

SEE = "hazards.see"


def pack() -> Pack:
    """The pack this installation runs."""
    return load(settings.PACK)


def areas_for(actor: Actor, action: str) -> tuple[str, ...]:
    """The areas in which a person may do `action`; empty when nowhere."""
    return reach(pack(), actor.posts, action).verdict.areas


def sight(actor: Actor, action: str = SEE) -> Sight:
    """Cases a person may reach by `action`. A prefecture is spelt out, so that each query names its counties."""
    named: list[str] = []
    for area in areas_for(actor, action):
        high = level_of(area) in (Level.PROVINCE, Level.PREFECTURE)
        named += counties_of(area) if high else [area]
    return Sight(areas=tuple(named), viewer=actor)
