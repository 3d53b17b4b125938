"""When a device counts as silent, or as repeating itself (心跳、离线、重发): intervals learnt, clocks not trusted."""

from datetime import datetime, timedelta

SILENT_AFTER = 3
# Beats closer together are one burst; a gap far beyond the beat known is an outage and teaches little.
BURST, OUTAGE, FORGETS = 1.0, 3.0, 0.1
# A clock within a day of ours tells moments apart, so that the same moment means the same event.
BELIEVED = timedelta(days=1)
# With a clock that stands still, two events may look the same: a repetition comes within three tries of ten seconds.
RESENDS = timedelta(minutes=2)


def beat(known: float | None, gap: float) -> float | None:
    """The interval between signs of life, in seconds, after one more gap; quick to grow, slow to shrink."""
    if gap < BURST:
        return known
    if known is None:
        return gap
    return max(min(gap, OUTAGE * known), (1 - FORGETS) * known + FORGETS * gap)


def silent_from(heard_at: datetime, known: float | None) -> datetime | None:
    """When a device counts as off line; None while its interval is not learnt."""
    return None if known is None else heard_at + timedelta(seconds=SILENT_AFTER * known)


def again_within(device_at: datetime | None, received_at: datetime) -> timedelta | None:
    """For how long the same serial, bytes and device time are a repetition; None is for ever."""
    if device_at is not None and abs(received_at - device_at) <= BELIEVED:
        return None
    return RESENDS
