"""When word goes out to a channel (通知时机): alarms at once, always; the rest outside of quiet hours."""

from datetime import datetime, timedelta

# Sorts of notice that no quiet hours hold and that are never put together with others.
ALARMS = frozenset({"alarm", "alarm_up"})
TRIES = 8
FIRST, LONGEST = timedelta(seconds=2), timedelta(minutes=15)


def not_before(sort: str, at: datetime, quiet: tuple[int, int] | None) -> datetime:
    """When a notice may go out; `quiet` are hours of the day, from and until, over midnight too. `at` is local."""
    if sort in ALARMS or quiet is None or quiet[0] == quiet[1]:
        return at
    begin, end = quiet
    held = begin <= at.hour < end if begin < end else at.hour >= begin or at.hour < end
    if not held:
        return at
    over = at.replace(hour=end % 24, minute=0, second=0, microsecond=0)
    return over if over > at else over + timedelta(days=1)


def try_again(tries: int, at: datetime) -> datetime | None:
    """When to try once more after so many tries: soon, then ever more seldom; None when it is given up."""
    return None if tries >= TRIES else at + min(FIRST * 4 ** (tries - 1), LONGEST)
