"""模拟的日子: the demonstration's life ends with the moment it is lived to, at whatever hour somebody begins."""

from datetime import date, datetime, timedelta
from random import Random

import pytest

from shouwang.domains.ledger.models import Line
from shouwang.flows.sight import pack
from shouwang.simulation.life import Life
from shouwang.simulation.settling import settle
from tests.domains.areas_story import bring_pack

DAY = timedelta(days=1)


# In the one somebody whistles soon after a report, in the other minutes are confirmed soon after they were entered.
@pytest.mark.django_db
@pytest.mark.parametrize(("last", "hour"), [(date(2026, 11, 28), (9, 0)), (date(2026, 11, 27), (14, 40))])
def test_nothing_is_done_after_the_moment_it_is_lived_to(last, hour):
    """Judging passes over what bears a later moment, so that its number would stand still for a while."""
    bring_pack()
    ours, dice = pack(), Random(2023)
    until = datetime(last.year, last.month, last.day, *hour, tzinfo=ours.zone)
    life = Life(pack=ours, town=settle(ours, dice, at=until - 2 * DAY), dice=dice)
    assert life.live(last - DAY, last, until=until, tell=print)
    assert not Line.objects.filter(at__gt=until).values_list("room", "act", "region", "at")
