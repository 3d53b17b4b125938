"""What a web process keeps of the database, and what comes of it when that is taken away."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import psycopg
import pytest

from shouwang.config.processes import Family
from tests.gateways.killing import House
from tests.served import Served

THREADS, VISITS = 4, 40
HELD = """
SELECT pid FROM pg_stat_activity
WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()
"""


def held(database: psycopg.Connection[Any]) -> set[int]:
    return {pid for (pid,) in database.execute(HELD)}


def visits(house: House) -> list[int]:
    """What the sign-in page, which reads who may sign in, answers to eight people at once."""

    def visit(_: int) -> int:
        return httpx.get(f"http://127.0.0.1:{house.port}/entry/", timeout=30, trust_env=False).status_code

    with ThreadPoolExecutor(8) as crowd:
        return list(crowd.map(visit, range(VISITS)))


@pytest.mark.database
@pytest.mark.slow
def test_each_thread_keeps_its_connection_and_gets_another_when_it_is_cut(
    environment: dict[str, str], database: psycopg.Connection[Any]
) -> None:
    with Family() as family:
        house = House(environment, family)
        installation = Served(f"http://127.0.0.1:{house.port}/entry/", environment, family)
        installation.run("migrate")
        house.start("web")
        assert family.wait_until(installation.answers, seconds=60)

        assert set(visits(house)) == {200}
        first = held(database)
        assert set(visits(house)) == {200}
        assert 0 < len(first) <= THREADS and first <= held(database) and len(held(database)) <= THREADS

        for pid in held(database):
            database.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])
        assert not held(database)
        told = visits(house)
        assert set(told) <= {200, 500} and told.count(500) <= THREADS
        assert set(visits(house)) == {200}
        assert 0 < len(held(database)) <= THREADS
