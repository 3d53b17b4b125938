"""How devices go on (响警动态): many pulses in one statement, each change at the next position of its county.

Whoever changes alarms of a county takes turns, so positions are dense and in the order of commit: a screen that keeps
the last one it saw misses nothing. The word goes out with the commit, never before it.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from uuid import UUID

from django.db import connection, transaction

from shouwang.domains.ledger.alone import Task, in_turn

from .models import Pulse

CHANNEL = "shouwang_alarms"
CHANGED = ("active", "rings", "news", "said_test", "heard_at", "cleared_at", "position")
BEAT = """
UPDATE alarms_pulse p SET active = n.active, rings = n.rings, news = n.news, said_test = n.said_test,
  heard_at = n.heard_at, cleared_at = n.cleared_at, position = n.position
FROM unnest(%s::uuid[], %s::bool[], %s::int[], %s::int[], %s::bool[],
    %s::timestamptz[], %s::timestamptz[], %s::bigint[])
  AS n(id, active, rings, news, said_test, heard_at, cleared_at, position)
WHERE p.county = %s AND p.id = n.id
"""


@contextmanager
def in_county(county: str) -> Iterator[None]:
    """One transaction that alone changes alarms of a county."""
    with transaction.atomic():
        in_turn(Task.ALARM, county)
        yield


def standing(county: str, sources: Collection[str]) -> list[Pulse]:
    """The active pulses of some sources."""
    return list(Pulse.objects.filter(county=county, active=True, source__in=sources))


def placed(county: str, pulses: Iterable[Pulse]) -> None:
    """Give pulses that are new or changed the next positions."""
    last = Pulse.objects.filter(county=county).order_by("-position").values_list("position", flat=True).first()
    for number, pulse in enumerate(pulses, -1 if last is None else last):
        pulse.position = number + 1


def beat(county: str, pulses: Sequence[Pulse]) -> None:
    """Keep what changed of some pulses, in one statement."""
    if pulses:
        columns = [[pulse.id for pulse in pulses]]
        columns += [[getattr(pulse, name) for pulse in pulses] for name in CHANGED]
        with connection.cursor() as cursor:
            cursor.execute(BEAT, [*columns, county])


def moved(county: str, alarms: Collection[UUID], *, ended: bool = False) -> None:
    """People changed these alarms: screens that follow the positions see them anew."""
    pulses = list(Pulse.objects.filter(county=county, id__in=alarms))
    for pulse in pulses:
        pulse.active = pulse.active and not ended
    placed(county, pulses)
    beat(county, pulses)
    spread(county)


def spread(county: str) -> None:
    """Tell whoever listens that there is news of a county; sent by the commit."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, county])
