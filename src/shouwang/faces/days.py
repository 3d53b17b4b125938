"""A day or a moment as somebody typed it or a phone kept it (日期)."""

from datetime import date, datetime

from django.utils.dateparse import parse_datetime

FIRST_YEAR = 2000


def day_of(text: str) -> date | None:
    """2026-11-26; None where it is no day of the calendar."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def moment(text: str, now: datetime) -> datetime:
    """The time of the phone, where it can be read, is not to come and is of this age."""
    try:
        at = parse_datetime(text)
    except ValueError:
        return now
    return min(at, now) if at is not None and at.tzinfo is not None and at.year >= FIRST_YEAR else now
