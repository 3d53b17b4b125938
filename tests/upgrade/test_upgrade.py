"""The database of the version before this one comes up to date, and nothing of it is lost or doubted."""

import gzip
import json

import psycopg
import pytest

from shouwang.config.embedded import start
from tests.served import Served, environment_in
from tests.upgrade.take_snapshot import SNAPSHOT

# Steps are noted, and verdicts there were are counted together from this version on.
GROWING = {"django_migrations", "ledger_delta"}


@pytest.fixture
def earlier(tmp_path):
    """An installation as the last landed version left it."""
    assert SNAPSHOT.exists(), "there is no snapshot of the last version; make one with script/snapshot"
    for environment in environment_in(tmp_path):
        url = environment.get("SHOUWANG_DATABASE_URL") or start(tmp_path)
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(gzip.decompress(SNAPSHOT.read_bytes()).decode())
        yield Served("", environment, None), url


def counted(url):
    with psycopg.connect(url) as connection:
        tables = connection.execute(
            "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
        ).fetchall()
        return {t: connection.execute(f'SELECT count(*) FROM "{t}"').fetchone()[0] for (t,) in tables}


def counted_together(url):
    with psycopg.connect(url) as connection:
        found = connection.execute("SELECT sum(amount) FROM ledger_delta WHERE measure LIKE 'duties.all.%'").fetchone()
        return found[0]


def test_the_earlier_version_comes_up_to_date_and_stays_sound(earlier):
    installation, url = earlier
    before = counted(url)
    assert before["ledger_line"] > 0 and before["areas_area"] > 1600

    installation.run("migrate")

    after = counted(url)
    kept = {name: after[name] for name in before if name not in GROWING}
    assert kept == {name: count for name, count in before.items() if name not in GROWING}
    assert counted_together(url) == after["duties_standing"] > 0
    reports = json.loads(installation.run("ledger", "verify", "--json").stdout)
    assert sum(report["sealed"] for report in reports) == before["ledger_line"]
    assert [fault for report in reports for fault in report["faults"]] == []


def test_nothing_waits_after_bringing_up_to_date(earlier):
    installation, _ = earlier
    installation.run("migrate")
    assert json.loads(installation.run("doctor", "--json", check=False).stdout)["tables"]["ok"]


def test_posts_of_the_earlier_version_are_announced_once(earlier):
    installation, url = earlier
    installation.run("migrate")
    for _ in range(2):
        installation.run("ledger", "checkpoint")
        with psycopg.connect(url) as connection:
            posts, told = connection.execute(
                "SELECT count(*), (SELECT count(*) FROM ledger_evidence WHERE kind = 'people.appointed')"
                " FROM people_post WHERE deputy_of IS NULL AND until IS NULL"
            ).fetchone()
            assert 0 < posts == told
    reports = json.loads(installation.run("ledger", "verify", "--json").stdout)
    assert [fault for report in reports for fault in report["faults"]] == []
