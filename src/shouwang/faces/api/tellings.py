"""What a caller of the API says about the reporter and the way in, as the flow takes it."""

from collections.abc import Mapping
from typing import Protocol

from shouwang.flows.tellings import Telling

from .shapes import ReporterGiven


class Tells(Protocol):
    @property
    def reporter(self) -> ReporterGiven | None: ...
    @property
    def facts(self) -> Mapping[str, str]: ...


def telling_of(given: Tells) -> Telling | None:
    """None where the caller reports what it saw itself and there is nothing else to say."""
    who = given.reporter
    if who is None:
        return Telling(facts=given.facts) if given.facts else None
    return Telling(openness=who.openness, name=who.name.strip(), phone=who.phone.strip(), facts=given.facts)
