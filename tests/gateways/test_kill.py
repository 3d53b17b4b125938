"""Web and worker are killed with -9 while sixteen people report: nothing half done, nothing lost, nothing twice."""

import time
from typing import Any

import psycopg
import pytest

from shouwang.config.processes import Family
from tests.cast import COUNTY, GRID
from tests.gateways.killing import STATION, Crowd, House

ACTS, CLIENTS, PATIENCE = 1000, 16, 180.0
# What dies when so many have been answered: a whole process family, or only what works inside the web.
DEATHS = ((120, "web"), (260, "worker"), (400, "inside"), (540, "worker"), (680, "web"), (820, "inside"))
KEYS = [f"report-{number:04}" for number in range(ACTS)]
COUNTS = {
    "cases": "SELECT count(*) FROM hazards_case",
    "keys": "SELECT count(*) FROM ledger_key k JOIN hazards_case c ON c.id = k.object",
    "cases with one line": """SELECT count(*) FROM (SELECT c.id FROM hazards_case c JOIN ledger_line l
        ON l.county = c.county AND l.object = c.id AND l.act = 'report' GROUP BY c.id HAVING count(*) = 1) AS once""",
    "lines of reports": "SELECT count(*) FROM ledger_line WHERE room = 'hazards'",
    "steps under their line": """SELECT count(*) FROM hazards_transition t JOIN ledger_line l
        ON l.county = t.county AND l.id = t.line AND l.object = t.case_id""",
    "steps": "SELECT count(*) FROM hazards_transition",
    "evidence under its line": """SELECT count(*) FROM ledger_evidence e JOIN ledger_line l
        ON l.county = e.county AND l.id = e.line AND l.object = e.subject WHERE e.kind = 'hazard.reported'""",
    "cases everybody was told of once": """SELECT count(*) FROM (SELECT n.subject
        FROM duties_notice n JOIN ledger_line l
        ON l.county = n.county AND l.id = n.event AND l.object = n.subject WHERE n.sort = 'given' GROUP BY n.subject
        HAVING count(*) = 2 AND count(DISTINCT n.recipient) = 2 AND count(DISTINCT n.event) = 1) AS told""",
    "counted": """SELECT sum(amount) FROM (SELECT measure, amount FROM ledger_total
        UNION ALL SELECT measure, amount FROM ledger_delta) AS all_of_them WHERE measure = 'hazards.reported'""",
}


@pytest.mark.slow
@pytest.mark.database
def test_no_act_without_its_line_and_every_promise_kept(
    environment: dict[str, str], database: psycopg.Connection[Any]
) -> None:
    with Family() as family:
        house = House(environment, family)
        assert house.run("migrate").returncode == 0
        token = house.token()
        house.start("worker")
        house.start("web")
        crowd = Crowd(port=house.port, token=token, region=GRID, keys=KEYS, clients=CLIENTS)
        until = time.monotonic() + PATIENCE
        threads = crowd.begin()
        for count, name in DEATHS:
            crowd.wait_for(count, until=until)
            if name == "inside":
                house.fell("web")
            else:
                house.kill(name)
        crowd.wait_for(ACTS, until=until)
        for thread in threads:
            thread.join()
        _wait_until_sealed(database, until=until)
        _wait_until_told(database, until=until)
    _every_answer_stands(crowd, database)
    assert {name: _one(database, sql) for name, sql in COUNTS.items()} == dict.fromkeys(COUNTS, ACTS)
    _positions_are_dense(database)
    verified = house.run("ledger", "verify")
    assert verified.returncode == 0, verified.stdout + verified.stderr


def _every_answer_stands(crowd: Crowd, database: psycopg.Connection[Any]) -> None:
    """Each report was answered 201 once, or 200 when its first answer died with the server; each is there."""
    assert {status for status, _ in crowd.answers.values()} <= {200, 201}
    assert crowd.sent_again > 0, "nobody noticed that the web was killed"
    kept = {key: str(object_id) for key, object_id in database.execute("SELECT key, object FROM ledger_key")}
    assert kept == {key: case for key, (_, case) in crowd.answers.items()}
    assert len(set(kept.values())) == ACTS


def _wait_until_sealed(database: psycopg.Connection[Any], *, until: float) -> None:
    while _one(database, "SELECT count(*) FROM ledger_line WHERE position IS NULL"):
        assert time.monotonic() < until, "the worker did not seal in time"
        time.sleep(0.2)


def _wait_until_told(database: psycopg.Connection[Any], *, until: float) -> None:
    """One notice for each act and each person of the station, however often the worker began anew."""
    expected = ACTS * len(STATION)
    while (told := _one(database, "SELECT count(*) FROM duties_notice WHERE sort = 'given'")) < expected:
        assert time.monotonic() < until, f"only {told} of {expected} were told in time"
        time.sleep(0.2)
    assert told == expected


def _positions_are_dense(database: psycopg.Connection[Any]) -> None:
    sql = "SELECT array_agg(position ORDER BY position) FROM ledger_line WHERE county = %s"
    positions = database.execute(sql, [COUNTY]).fetchone()
    assert positions is not None
    assert positions[0] == list(range(len(positions[0])))


def _one(database: psycopg.Connection[Any], sql: str) -> int:
    row = database.execute(sql).fetchone()
    assert row is not None
    return int(row[0])
