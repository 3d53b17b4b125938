"""Acts of the ledger itself: sealing, folding and publishing, as the worker does them."""

from datetime import datetime

from .checkpoints import publish
from .queries import counties_with_lines
from .sealing import seal_county, waiting_counties
from .totals import fold


def seal_and_fold(*, now: datetime) -> int:
    """One round of the worker: seal what is committed, fold what is pending; how much was done."""
    done = sum(seal_county(county, now=now) for county in waiting_counties())
    return done + fold()


def publish_all(*, now: datetime) -> int:
    """Publish the root of every county that has new sealed lines."""
    return sum(publish(county, now=now) is not None for county in counties_with_lines())
