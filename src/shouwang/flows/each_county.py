"""County by county (逐县): what goes wrong in one must not keep alarms of the others waiting."""

import logging
from collections import Counter
from collections.abc import Callable, Iterable

from django.db import connection

# How often each county stayed behind since this process began: nobody else would hear of it.
BEHIND: Counter[str] = Counter()
log = logging.getLogger(__name__)


def each_county(counties: Iterable[str], act: Callable[[str], int]) -> int:
    """Do so in every county and go on past one where it fails; how much was done."""
    done = 0
    for county in counties:
        try:
            done += act(county)
        except Exception:  # noqa: BLE001 - whatever it is, it is the trouble of that county alone
            BEHIND[county] += 1
            log.exception("county %s stays behind; the others go on", county)
            if not connection.in_atomic_block:
                connection.close_if_unusable_or_obsolete()
    return done
