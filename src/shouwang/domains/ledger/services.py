"""Acts of the ledger itself: sealing, folding and publishing, as the worker does them."""

from datetime import datetime

from .checkpoints import publish
from .sealing import seal_county, waiting_counties
from .totals import fold


def seal_and_fold(*, now: datetime) -> int:
    """One round of the worker: seal what is committed, fold what is pending; how much was done."""
    done = sum(seal_county(county, now=now) for county in waiting_counties())
    return done + fold()


def publish_county(county: str, *, now: datetime) -> bool:
    """Publish the root of a county that has new sealed lines; whether there were any."""
    return publish(county, now=now) is not None
