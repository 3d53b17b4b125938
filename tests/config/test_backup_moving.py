"""From the embedded database to a server in one command; and back to the version before, when an upgrade fails."""

import os
import subprocess
from contextlib import contextmanager

import psycopg
import pytest

from shouwang.config.embedded import start
from shouwang.config.processes import command
from tests.config.backup_story import Machine, earlier_version, put_photos, stopped


@pytest.fixture
def earlier(tmp_path):
    machine = earlier_version(tmp_path / "home", tmp_path / "backup-key")
    put_photos(machine.home, count=3)
    yield machine
    stopped(machine.home)


@contextmanager
def a_server(place):
    """Another PostgreSQL, reached by its address alone, with an empty database."""
    url = start(place)
    with psycopg.connect(url, autocommit=True) as admin:
        admin.execute("CREATE DATABASE prefecture")
    yield url.replace("/postgres?", "/prefecture?", 1)
    stopped(place)


def test_one_command_moves_to_a_server_and_the_ledger_is_the_same(earlier, tmp_path):
    earlier.run("migrate").check_returncode()
    before, roots = earlier.rows(), earlier.roots()
    with a_server(tmp_path / "server") as url:
        done = earlier.tells("move", "--to", url)
        assert done["roots"] == roots
        there = Machine(earlier.home, earlier.key, (("SHOUWANG_DATABASE_URL", url),))
        assert there.roots() == roots
        assert there.tells("backup", str(tmp_path / "backups"))["roots"] == roots
        with psycopg.connect(url) as connection:
            moved = {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in before}
        assert moved == before == earlier.rows()

        again = earlier.run("move", "--to", url)
        assert again.returncode == 1 and "not empty" in again.stderr

        # What was backed up on the server comes back on a machine that has the embedded database.
        home = Machine(tmp_path / "at-home", earlier.key)
        assert home.tells("restore", str(tmp_path / "backups"))["roots"] == roots == home.roots()
        stopped(home.home)


def test_nobody_works_on_while_the_database_moves(earlier, tmp_path):
    earlier.run("migrate").check_returncode()
    with a_server(tmp_path / "server") as url, psycopg.connect(start(earlier.home)) as somebody:
        somebody.execute("SELECT 1")
        refused = earlier.run("move", "--to", url)
        assert refused.returncode == 1 and "stop `serve` and `worker`" in refused.stderr
        somebody.execute("UPDATE ledger_cursor SET position = position")
        refused = earlier.run("move", "--to", url)
        assert refused.returncode == 1 and "nothing was moved" in refused.stderr
        with psycopg.connect(url) as connection:
            assert connection.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone() == (0,)


def test_an_address_that_is_none_is_refused(earlier):
    refused = earlier.run("move", "--to", "mysql://root@nowhere/x")
    assert refused.returncode == 1 and "not the address" in refused.stderr
    refused = earlier.run("move", "--to", "postgresql://nobody@127.0.0.1:1/x")
    assert refused.returncode == 1 and "nothing was moved" in refused.stderr


def test_back_to_the_version_before_when_an_upgrade_fails(earlier, tmp_path):
    """Backup, a step that fails half way, restore: what was there the evening before, with that version's tables."""
    folder, before = str(tmp_path / "backups"), earlier.rows()
    taken = earlier.tells("backup", folder)
    # Somebody's own table stands in the way of a step of this version: some steps are taken, then one fails.
    earlier.sql("CREATE TABLE duties_notice (mine int)")
    failed = earlier.run("migrate")
    assert failed.returncode != 0
    assert earlier.rows() != before

    spare = Machine(tmp_path / "spare", earlier.key)
    done = spare.tells("restore", folder)
    assert spare.rows() == before and done["roots"] == taken["roots"]
    assert not spare.tells_anyway("doctor")["tables"]["ok"]

    spare.run("migrate").check_returncode()
    assert spare.roots() == taken["roots"] and spare.tells_anyway("doctor")["tables"]["ok"]
    stopped(spare.home)


def test_a_backup_of_a_newer_version_is_refused_and_the_database_left_empty(earlier, tmp_path):
    earlier.run("migrate").check_returncode()
    earlier.sql("INSERT INTO django_migrations (app, name, applied) VALUES ('hazards', '0099_of_next_year', now())")
    earlier.tells("backup", str(tmp_path / "backups"))
    spare = Machine(tmp_path / "spare", earlier.key)
    refused = spare.run("restore", str(tmp_path / "backups"))
    assert refused.returncode == 1 and "newer version" in refused.stderr and "0099_of_next_year" in refused.stderr
    assert spare.rows() == {}
    stopped(spare.home)


PEAK = """
import resource, sys
from shouwang.config.cli import main
try:
    main(sys.argv[1:])
finally:
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""


def test_memory_does_not_grow_with_the_data(tmp_path):
    """A table and a file of 200 MB each pass through a process that stays small."""
    machine = Machine(tmp_path / "home", tmp_path / "backup-key")
    machine.run("migrate").check_returncode()
    small = peak(machine, "backup", str(tmp_path / "backups"))
    third = Machine(tmp_path / "third", machine.key)
    little = peak(third, "restore", str(tmp_path / "backups"))
    machine.sql("""INSERT INTO ledger_key (id, county, region, key, fingerprint, object, at)
        SELECT gen_random_uuid(), '222401', '222401', n::text, decode(repeat(md5(n::text), 100), 'hex'),
        gen_random_uuid(), now() FROM generate_series(1, 60000) n""")
    with (machine.home / "large").open("wb") as out:
        for _ in range(200):
            out.write(os.urandom(1 << 20))
    large = peak(machine, "backup", str(tmp_path / "backups"))
    other = Machine(tmp_path / "other", machine.key)
    restored = peak(other, "restore", str(tmp_path / "backups"))
    assert other.rows()["ledger_key"] == 60000 and (other.home / "large").stat().st_size == 200 << 20
    stopped(machine.home, third.home, other.home)
    assert large - small < 60 and restored - little < 60, (small, large, little, restored)


def peak(machine, *words):
    program = [command()[0].removesuffix("shouwang") + "python", "-c", PEAK, *words]
    done = subprocess.run(program, env=machine.environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return int(done.stdout.split()[-1])
