"""When word goes out to a channel (通知时机): alarms and calls for help at once, the rest outside of quiet hours."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

# Notices of alarms: offices hear of them too.
ALARMS = frozenset({"alarm", "alarm_up", "alarm_real"})
# What no quiet hours hold, and what is never put together with others.
URGENT = ALARMS | {"neighbours_called"}
# A word of trial that an office sends to its own channel.
TRIAL = "trial"
# What an office may choose to hear of; `rest` is all that no alarm and no call for help is.
REST = "rest"
CHOICES = ("alarm_real", "alarm", "alarm_up", "neighbours_called", REST)
# What an address of each kind consists of; those with a question mark may be left out.
PARTS: Mapping[str, tuple[str, ...]] = {
    "wecom": ("url",), "dingtalk": ("url", "secret?"), "feishu": ("url", "secret?"), "email": ("to",),
    "webhook": ("url", "secret?", "to?"),
}  # fmt: skip
TRIES = 8
FIRST, LONGEST = timedelta(seconds=2), timedelta(minutes=15)


def hears(told: Collection[str], sort: str) -> bool:
    """Whether an office hears of a sort of notice; of alarms where it chose nothing."""
    if not told:
        return sort in ALARMS
    return sort in told or (REST in told and sort not in URGENT)


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
