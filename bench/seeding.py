"""Fills the tables by COPY, column by column as the models have them, to the size of years of use."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import cycle
from random import Random
from typing import Any
from uuid import UUID

import psycopg
from psycopg.types.json import Jsonb

from bench.stage import Stage, say
from shouwang.domains.hazards.models import Case
from shouwang.domains.ledger.rows import stored
from shouwang.kernel.codes import case_code
from shouwang.kernel.ids import uuid7
from shouwang.policy import Pack

STATES = ["closed"] * 17 + ["rectifying", "assigned", "submitted"]
GRADES = ["minor"] * 12 + ["general"] * 7 + ["major"]
GIVEN = ["fire_station"] * 15 + ["grid"] * 4 + ["housing"]
# A case's code is the last forty bits of its id: odd, so that among ten million no two are alike, as in a database.
CODES, SCATTER = 1 << 40, 0x9E3779B97F
# What each case leaves behind elsewhere. The lines prove nothing: only their number and size matter here.
TRACES = (
    """INSERT INTO ledger_line (id, county, region, at, actor, post, room, act, kind, object, before, after,
         enclosed, count, reason, clause, pack, position, leaf)
       SELECT gen_random_uuid(), county, region, reported_at, reporter, 'grid_member', 'hazards', 'report',
         'hazards.Case', id, NULL, salt, salt, 1, '', '07-15', 'bench',
         row_number() OVER (PARTITION BY county ORDER BY reported_at) - 1, salt FROM hazards_case""",
    """INSERT INTO ledger_evidence (id, county, region, salt, line, kind, subject, occurred_at, recorded_at, room,
         facts)
       SELECT gen_random_uuid(), county, region, salt, id, 'hazard.reported', id, found_at, reported_at, 'hazards',
         jsonb_build_object('kind', kind, 'grade', grade) FROM hazards_case""",
    """INSERT INTO hazards_transition (id, county, region, salt, line, act, source, target, actor, post, at, note,
         reasons, clauses, case_id)
       SELECT gen_random_uuid(), county, region, salt, id, 'report', '', 'assigned', reporter, 'grid_member',
         reported_at, '', '[]', '["07-15"]', id FROM hazards_case""",
    """INSERT INTO ledger_key (id, county, region, key, actor, fingerprint, object, at)
       SELECT gen_random_uuid(), county, region, id::text, reporter, salt, id, reported_at FROM hazards_case""",
)
COUNTED = """INSERT INTO ledger_total (id, county, region, measure, period, amount)
  SELECT gen_random_uuid(), county, region, 'hazards.state.' || state, '', count(*)
  FROM hazards_case GROUP BY county, region, state"""


def seed(
    stage: Stage, regions: list[str], pack: Pack, *, rows: int, now: datetime, traces: Sequence[str] = TRACES
) -> None:
    """`rows` cases over two years and all grids with their counts, and what else they leave in the ledger."""
    columns = ", ".join(f'"{field.column}"' for field in stored(Case).fields)
    say(f"writing {rows:,} cases and their traces")
    with psycopg.connect(stage.database, autocommit=True) as connection, connection.cursor() as cursor:
        with cursor.copy(f"COPY hazards_case ({columns}) FROM STDIN") as copy:
            for row in _cases(regions, pack, rows=rows, now=now):
                copy.write_row([Jsonb(value) if isinstance(value, dict) else value for value in row])
        for statement in (*traces, COUNTED):
            cursor.execute(statement)
        cursor.execute("VACUUM ANALYZE")
        cursor.execute("CHECKPOINT")


def _cases(regions: list[str], pack: Pack, *, rows: int, now: datetime) -> Iterator[tuple[Any, ...]]:
    dice, step = Random(2023), timedelta(days=730) / rows
    kinds = cycle(list(pack.kinds))
    people = [UUID(int=dice.getrandbits(128), version=4) for _ in range(4000)]
    read = stored(Case).read
    for number in range(rows):
        at = now - step * (rows - number)
        region, state, given = dice.choice(regions), dice.choice(STATES), dice.choice(GIVEN)
        made = uuid7(at, dice.randbytes(5) + (number * SCATTER % CODES).to_bytes(5))
        yield read(
            Case.fresh(
                id=made, county=region[:6], region=region, salt=dice.randbytes(16), kind=next(kinds),
                code=case_code(region[:6], made), place="2号楼1单元", note="楼道堆放杂物", grade=dice.choice(GRADES),
                state=state, channel="patrol", reporter=dice.choice(people), department=given,
                body=region[: {"fire_station": 9, "housing": 6}.get(given, 15)], found_at=at, reported_at=at,
                due_at=at + timedelta(days=7), closed_at=at + timedelta(days=5) if state == "closed" else None,
            )
        )  # fmt: skip
