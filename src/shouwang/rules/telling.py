"""When word goes out to a channel (通知时机): alarms and calls for help at once, the rest outside of quiet hours."""

from datetime import datetime, timedelta

# Notices of alarms: offices hear of them too.
ALARMS = frozenset({"alarm", "alarm_up", "alarm_real"})
# What no quiet hours hold, and what is never put together with others.
URGENT = ALARMS | {"neighbours_called"}
TRIES = 8
FIRST, LONGEST = timedelta(seconds=2), timedelta(minutes=15)


def not_before(sort: str, at: datetime, quiet: tuple[int, int] | None) -> datetime:
    """When a notice may go out; `quiet` are hours of the day, from and until, over midnight too. `at` is local."""
    if sort in URGENT or quiet is None or quiet[0] == quiet[1]:
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
