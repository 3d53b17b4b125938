"""Sparing the collector (垃圾回收): what stands since the start is not looked through again while alarms wait."""

import gc

# New objects until young ones are looked through, and rounds of that until older ones are.
THRESHOLDS = 20_000, 10, 10


def spare_the_collector() -> None:
    gc.collect()
    gc.freeze()
    gc.set_threshold(*THRESHOLDS)
