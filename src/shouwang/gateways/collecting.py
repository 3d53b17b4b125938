"""Sparing the collector (垃圾回收): what stands since the start is not looked through again while somebody waits."""

import gc

# New objects until young ones are looked through, rounds of that until older ones are, and of those until all are.
Thresholds = tuple[int, int, int]
ALARMS: Thresholds = 20_000, 10, 10
# A report makes a thousand objects and drops them: looking through them as often as is usual takes 6 % of it.
REQUESTS: Thresholds = 20_000, 50, 20
# What a judging holds lives until its end: looking often finds nothing and takes a quarter of it (script/bench duties).
JUDGING: Thresholds = 200_000, 50, 100


def collect_seldom(thresholds: Thresholds) -> None:
    """From now on for this process; what it holds already is not looked through again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*thresholds)
