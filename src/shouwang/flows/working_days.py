"""The calendar of working days (工作日历) a place goes by: the shipped years with those whose notice came since.

Asked with every report, so it is remembered as the values are (see `local_values`).
"""

from collections.abc import Sequence
from functools import lru_cache
from zlib import crc32

from shouwang.domains.adoptions.years import NONE, Mark, Told, mark, notices
from shouwang.kernel.codes import is_region
from shouwang.kernel.workdays import Calendar, shipped

from .remembered import Remembered

_marks: Remembered[str, Mark] = Remembered(mark)


def workdays_of(region: str) -> Calendar:
    """The calendar of the prefecture a region lies in; the shipped one for what is no region."""
    if not is_region(region):
        return shipped()
    office = office_of(region)
    return _laid(office, _marks.of(office))


def calendar_sign(region: str) -> int:
    """0 while nothing was entered; else a number that changes with every notice."""
    known = _marks.of(office_of(region))
    return crc32(repr(known).encode()) if known != NONE else 0


def office_of(region: str) -> str:
    """The notice is the State Council's; the prefecture enters it, once for all below."""
    return f"{region[:4]}00"


def known_notices(region: str) -> Sequence[Told]:
    """The notices that were entered for a place, oldest first."""
    office = office_of(region)
    return _told(office, known) if (known := _marks.of(office)) != NONE else ()


def calendars(told: Sequence[Told]) -> list[Calendar]:
    """How the calendar stood before the first notice, after it, and so on."""
    found = [shipped()]
    for one in told:
        found.append(found[-1].with_years({one.year: one.days}))
    return found


def forget() -> None:
    """Look anew with the next question: this process itself has just changed something."""
    _marks.forget()


@lru_cache(maxsize=64)
def _laid(office: str, known: Mark) -> Calendar:
    return calendars(notices(office))[-1] if known != NONE else shipped()


@lru_cache(maxsize=64)
def _told(office: str, known: Mark) -> Sequence[Told]:
    return tuple(notices(office))
