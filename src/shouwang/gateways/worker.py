"""The worker process: rounds of background work until it is asked to stop; killed, it loses nothing.

Several may run, best one on each core: what is done county by county is done by whoever comes first.
"""

import gc

from django.utils import timezone

from shouwang.flows.keep_house import round_of_work

from .rounds import Rounds

PAUSE, LONGEST = 0.2, 1.0
# Objects made before the collector looks: what a judging holds lives until its end, so looking often finds nothing.
SELDOM = 200_000, 50, 100


def collect_seldom() -> None:
    """Spare judging a quarter of its time (script/bench duties)."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*SELDOM)


def work() -> None:
    """Until it is asked to stop."""
    collect_seldom()
    Rounds(lambda: round_of_work(now=timezone.now()), pause=PAUSE, longest=LONGEST).run()
