"""Keeping what was received (收存信号): many signals of one county, durable and once, under one line of the ledger.

Whoever receives takes turns per county: so positions are dense and in the order of commit, and what was received
before is seen, whichever process received it.
"""

import os
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction

from shouwang.domains.ledger.acts import Act, line_of_many
from shouwang.domains.ledger.alone import Task, in_turn
from shouwang.domains.ledger.minting import SALT, mint_texts
from shouwang.domains.ledger.write import insert
from shouwang.kernel.merkle import root

from .models import Signal
from .signal_text import COLUMNS, Received, Row

ROOM = "devices"
# Texts, cut by the server: bound one by one, a thousand fingerprints cost more than all else that is done with them.
# Each is looked for in the order of its index: before the table has statistics, as in the first minute of a storm, the
# database would otherwise read all signals of the county with every delivery; the same goes for the last position.
KNOWN = """
SELECT coalesce((SELECT position FROM devices_signal WHERE county = %s AND position >= 0
                 ORDER BY position DESC LIMIT 1), -1), array(
  SELECT said.fingerprint
  FROM (SELECT decode(unnest(string_to_array(%s, ',')), 'hex') AS fingerprint,
               unnest(string_to_array(%s, ',')::timestamptz[]) AS since) AS said,
  LATERAL (SELECT 1 FROM devices_signal s WHERE s.county = %s
           AND s.fingerprint >= said.fingerprint AND s.fingerprint <= said.fingerprint
           AND s.received_at >= said.since ORDER BY s.fingerprint LIMIT 1) AS kept)
"""
# Named again in gateways/live/ears.
WAKE = "SELECT pg_notify('shouwang_signals', named) FROM unnest(%s::text[]) AS named"
COPY = f"COPY devices_signal ({', '.join(COLUMNS)}) FROM STDIN"


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


def wake(counties: Sequence[str]) -> None:
    """Wake whoever listens for signals; costs no write."""
    with connection.cursor() as cursor:
        cursor.execute(WAKE, [list(counties)])


def _known(county: str, received: Sequence[Received]) -> tuple[int, set[bytes]]:
    prints = ",".join([one.fingerprint.hex() for one in received])
    since = ",".join([_since(one) for one in received])
    with connection.cursor() as cursor:
        cursor.execute(KNOWN, [county, prints, since, county])
        last, known = cursor.fetchone()
    return last, {bytes(one) for one in known}


def _since(one: Received) -> str:
    if one.again_within is None:
        return "-infinity"
    return (one.received_at - one.again_within).isoformat()


def _fresh(received: Sequence[Received], known: set[bytes]) -> list[Received]:
    """Those not kept yet; the same twice in one delivery counts once."""
    fresh = []
    for one in received:
        if one.fingerprint not in known:
            known.add(one.fingerprint)
            fresh.append(one)
    return fresh


def _keep(act: Act, fresh: Sequence[Received], *, way: str, after: int) -> None:
    ids = mint_texts(act.at, len(fresh))
    line = line_of_many(act, object_id=UUID(ids[0]), kind=Signal._meta.label, count=len(ids))
    seals, texts, salts, named = [], [], os.urandom(SALT * len(ids)), str(line.id)
    for number, (key, one) in enumerate(zip(ids, fresh, strict=True)):
        salt, position = salts[number * SALT : (number + 1) * SALT], after + 1 + number
        row = Row(one, id=key, line=named, county=line.county, position=position, way=way, salt=salt)
        seals.append(row.digest(settings.DIGEST))
        texts.append(row.copied())
    # Enclosed rows stand in the order of their ids, so the root of the items is the root of what is enclosed.
    line.after = line.enclosed = root(seals, settings.DIGEST)
    # COPY goes past what Django makes of the database's errors, and whoever writes waits for Django's.
    with connection.wrap_database_errors, connection.cursor() as cursor, cursor.copy(COPY) as copy:
        copy.write("".join(texts))
    insert([line])
