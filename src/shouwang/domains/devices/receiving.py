"""Keeping what was received (收存信号): many signals of one county, durable and once, under one line of the ledger.

Whoever receives takes turns per county: so positions are dense and in the order of commit, and what was received
before is seen, whichever process received it.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection, transaction

from shouwang.domains.ledger.acts import Act, line_of_many
from shouwang.domains.ledger.alone import Task, in_turn
from shouwang.domains.ledger.minting import mint
from shouwang.domains.ledger.write import write
from shouwang.kernel.merkle import root

from .models import Signal
from .signal_text import COLUMNS, Received, Row

ROOM = "devices"
KNOWN = """
SELECT coalesce((SELECT max(position) FROM devices_signal WHERE county = %s), -1), array(
  SELECT encode(said.fingerprint, 'hex')
  FROM unnest(%s::bytea[], %s::timestamptz[]) AS said(fingerprint, since)
  WHERE EXISTS (SELECT 1 FROM devices_signal s
                WHERE s.county = %s AND s.fingerprint = said.fingerprint AND s.received_at >= said.since))
"""
COPY = f"COPY devices_signal ({', '.join(COLUMNS)}) FROM STDIN"
LONG_AGO = timedelta(days=36500)


def keep_received(
    county: str, received: Sequence[Received], *, way: str, region: str, at: datetime, pack: str
) -> int:
    """Keep what is new among some signals of a county; how many that were. When it returns, they are on disk."""
    with transaction.atomic():
        in_turn(Task.RECEIVE, county)
        last, known = _known(county, received)
        fresh = _fresh(received, known)
        if fresh:
            act = Act(room=ROOM, name="receive", region=region, at=at, pack=pack)
            _keep(act, fresh, way=way, after=last)
    return len(fresh)


def _known(county: str, received: Sequence[Received]) -> tuple[int, set[bytes]]:
    since = [
        one.received_at - (LONG_AGO if one.again_within is None else one.again_within) for one in received
    ]
    with connection.cursor() as cursor:
        cursor.execute(KNOWN, [county, [one.fingerprint for one in received], since, county])
        last, known = cursor.fetchone()
    return last, {bytes.fromhex(one) for one in known}


def _fresh(received: Sequence[Received], known: set[bytes]) -> list[Received]:
    """Those not kept yet; the same twice in one delivery counts once."""
    fresh = []
    for one in received:
        if one.fingerprint not in known:
            known.add(one.fingerprint)
            fresh.append(one)
    return fresh


def _keep(act: Act, fresh: Sequence[Received], *, way: str, after: int) -> None:
    ids = sorted((mint(act.at) for _ in fresh), key=str)
    line = line_of_many(act, object_id=ids[0], kind=Signal._meta.label, count=len(ids))
    seals, texts = [], []
    for place, (key, one) in enumerate(zip(ids, fresh, strict=True), after + 1):
        row = Row(one, id=str(key), line=str(line.id), county=line.county, position=place, way=way)
        seals.append(row.digest(settings.DIGEST))
        texts.append(row.copied())
    # Enclosed rows stand in the order of their ids, so the root of the items is the root of what is enclosed.
    line.after = line.enclosed = root(seals, settings.DIGEST)
    with connection.cursor() as cursor, cursor.copy(COPY) as copy:
        copy.write("".join(texts))
    write([line])
