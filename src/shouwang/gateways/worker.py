"""The worker process: rounds of background work until it is asked to stop; killed, it loses nothing.

Several may run, best one on each core: what is done county by county is done by whoever comes first.
"""

from django.utils import timezone

from shouwang.flows.keep_house import round_of_work

from .collecting import JUDGING, collect_seldom
from .rounds import Rounds

PAUSE, LONGEST = 0.2, 1.0


def work() -> None:
    """Until it is asked to stop."""
    collect_seldom(JUDGING)
    Rounds(lambda: round_of_work(now=timezone.now()), pause=PAUSE, longest=LONGEST).run()
