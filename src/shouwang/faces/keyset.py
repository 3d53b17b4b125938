"""The key of a page in an address: a time and an id, so that page 1,000 costs what page 1 costs."""

from datetime import date, datetime
from uuid import UUID

Key = tuple[datetime, UUID]
DayKey = tuple[date, UUID]


def written(key: Key | None) -> str:
    return f"{key[0].isoformat()}~{key[1]}" if key else ""


def read(text: str) -> Key | None:
    """A key as it stands in an address; None for nothing, and for what somebody made up."""
    moment, _, id_ = text.partition("~")
    try:
        at, id_read = datetime.fromisoformat(moment), UUID(id_)
    except ValueError:
        return None
    return (at, id_read) if at.tzinfo else None


def read_id(text: str) -> UUID | None:
    """Where a list by ids goes on, or which row is meant; None for nothing, and for what somebody made up."""
    try:
        return UUID(text)
    except ValueError:
        return None


def written_day(key: DayKey | None) -> str:
    """The key of a list that goes by days."""
    return f"{key[0].isoformat()}~{key[1]}" if key else ""


def read_day(text: str) -> DayKey | None:
    day, _, id_ = text.partition("~")
    try:
        return date.fromisoformat(day), UUID(id_)
    except ValueError:
        return None
