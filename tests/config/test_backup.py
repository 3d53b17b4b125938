"""A backup is whole or it is none; on an empty machine it gives the same ledger, and one flipped bit is refused."""

import os
import random
import shutil
import signal
import subprocess
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shouwang.config.backup.checking import check
from shouwang.config.backup.keys import read
from shouwang.config.backup.store import Store
from shouwang.config.processes import command
from tests.config.backup_story import Machine, earlier_version, parts, put_photos, stopped


@pytest.fixture(scope="module")
def lived(tmp_path_factory):
    """A machine up to date with a week of life, photos, a letter of its own; its first backup in `folder`."""
    place = tmp_path_factory.mktemp("lived")
    machine = earlier_version(place / "home", place / "keys" / "backup-key")
    machine.run("migrate").check_returncode()
    put_photos(machine.home)
    (machine.home / "letters").mkdir()
    (machine.home / "letters" / "own.docx").write_bytes(b"our own letterhead")
    machine.run("ledger", "checkpoint").check_returncode()
    yield machine, place / "backups", machine.tells("backup", str(place / "backups"))
    stopped(machine.home)


@pytest.fixture
def empty(tmp_path, lived):
    """An empty machine to which somebody brought the key."""
    machine = Machine(tmp_path / "new", lived[0].key)
    yield machine
    stopped(machine.home)


@pytest.fixture
def folder(tmp_path, lived):
    """A copy of the backups, to be ill-treated."""
    shutil.copytree(lived[1], tmp_path / "backups")
    return tmp_path / "backups"


def files_of(home):
    paths = (path for path in home.rglob("*") if path.is_file())
    told = {str(path.relative_to(home)): path for path in paths}
    apart = ("postgres", "last-backup.json", "secret-key", "keys.json")
    return {name: path.read_bytes() for name, path in told.items() if not name.startswith(apart)}


def store_of(folder, lived):
    return Store(folder, key=read(lived[0].key), cipher=1)


def test_an_empty_machine_gets_the_same_ledger_and_files(lived, empty):
    machine, folder, taken = lived
    done = empty.tells("restore", str(folder))

    assert done["roots"] == taken["roots"] == machine.roots() == empty.roots()
    assert sum(int(root.split()[0]) for root in taken["roots"].values()) > 100
    assert empty.rows() == machine.rows()
    assert files_of(empty.home) == files_of(machine.home)
    assert (empty.home / "secret-key").read_bytes() != (machine.home / "secret-key").read_bytes()
    assert done["keys_wanting"] == ["SHOUWANG_SECRET_KEY"]


def test_keys_lie_apart_from_the_backups_and_are_known_again_when_somebody_brings_them(lived, empty):
    machine, folder, _ = lived
    empty.home.mkdir()
    shutil.copy(machine.home / "secret-key", empty.home)
    assert empty.tells("restore", str(folder))["keys_wanting"] == []


def test_what_is_in_the_folder_cannot_be_read_without_the_key(lived):
    machine, folder, _ = lived
    told = b"".join(path.read_bytes() for path in [*parts(folder), *folder.glob("backups/*")])
    assert b"222401" not in told and b"photo 7" not in told
    assert (machine.home / "secret-key").read_bytes() not in told
    other = Machine(machine.home, machine.key.with_name("another-key"))
    other.key.write_text("ab" * 32)
    refused = other.run("verify-backup", str(folder))
    assert refused.returncode == 1 and "manifest" in refused.stdout + refused.stderr
    assert other.run("backup", str(folder)).returncode == 1
    other.key.unlink()
    missing = other.run("verify-backup", str(folder))
    assert missing.returncode == 1 and "SHOUWANG_BACKUP_KEY_FILE" in missing.stderr


def test_a_target_that_is_not_empty_is_left_as_it_is(lived, empty):
    machine, folder, _ = lived
    before = machine.rows()
    refused = machine.run("restore", str(folder))
    assert refused.returncode == 1 and "not empty" in refused.stderr and machine.rows() == before

    put_photos(empty.home, first=1000, count=1)
    refused = empty.run("restore", str(folder))
    assert refused.returncode == 1 and "not empty" in refused.stderr and empty.rows() == {}


def test_only_what_is_new_is_written(lived):
    machine, folder, first = lived
    again = machine.tells("backup", str(folder))
    assert again["parts_written"] == 0 and again["roots"] == first["roots"]
    before = {path: path.stat().st_mtime_ns for path in parts(folder)}

    put_photos(machine.home, first=500, count=3)
    third = machine.tells("backup", str(folder))
    assert third["parts_written"] == 3 and third["files"] == first["files"] + 3
    assert {path: path.stat().st_mtime_ns for path in parts(folder) if path in before} == before
    for id in (first["id"], third["id"]):
        assert machine.tells("verify-backup", str(folder), "--backup", id)["sound"]


@settings(max_examples=60, suppress_health_check=list(HealthCheck))
@given(dice=st.randoms(use_true_random=False))
def test_one_flipped_bit_anywhere_is_refused_and_the_part_is_named(lived, dice):
    _, folder, taken = lived
    store = store_of(folder, lived)
    everything = [*parts(folder), store.manifest_path(taken["id"])]
    path = dice.choice(everything)
    whole = path.read_bytes()
    bit = dice.randrange(len(whole) * 8)
    changed = bytearray(whole)
    changed[bit // 8] ^= 1 << bit % 8
    used = path in everything[-1:] or path.name in names_of(store, taken["id"])
    path.write_bytes(changed)
    try:
        faults = check(store, taken["id"]).faults
    finally:
        path.write_bytes(whole)
    assert bool(faults) == used
    assert all((path.name if path.parent.parent.name == "parts" else "manifest") in fault for fault in faults)


def names_of(store, id):
    from shouwang.config.backup.manifest import File, Listing, Table

    return {
        part.part
        for one in Listing(store.listed(id))
        for part in (one.parts if isinstance(one, Table) else [one.content] if isinstance(one, File) else [])
    }


def test_a_part_that_is_missing_swapped_renamed_cut_or_grown_is_refused(lived, folder, empty):
    store, id = store_of(folder, lived), lived[2]["id"]
    used = sorted(names_of(store, id))
    one, other = (store.path_of(name) for name in random.Random(6).sample(used, 2))
    whole, foreign = one.read_bytes(), other.read_bytes()
    for content in (foreign, whole[:-1], whole[:-17], whole[:22], b"", whole + b"x", whole + whole):
        one.write_bytes(content)
        assert [fault for fault in check(store, id).faults if one.name in fault], len(content)
    one.unlink()
    refused = empty.run("restore", str(folder))
    assert refused.returncode == 1 and one.name in refused.stderr and "nothing was restored" in refused.stderr
    assert empty.rows() == {}
    assert not (empty.home / "files").exists()


def test_a_manifest_that_takes_the_name_of_another_is_refused(lived, folder):
    store, id = store_of(folder, lived), lived[2]["id"]
    later = store.manifest_path("20991231T000000Z-abcdef")
    shutil.copy(store.manifest_path(id), later)
    assert check(store, "20991231T000000Z-abcdef").faults


def test_a_part_of_another_backup_is_refused_although_the_key_is_the_same(lived, folder, tmp_path):
    machine, _, taken = lived
    store = store_of(folder, lived)
    elsewhere = Machine(tmp_path / "elsewhere", machine.key)
    elsewhere.run("migrate").check_returncode()
    put_photos(elsewhere.home, first=7000, count=1)
    elsewhere.tells("backup", str(tmp_path / "their-backups"))
    stopped(elsewhere.home)
    mine = {path.name for path in parts(folder)}
    theirs = next(path for path in parts(tmp_path / "their-backups") if path.name not in mine)
    victim = store.path_of(sorted(names_of(store, taken["id"]))[0])
    shutil.copy(theirs, victim)
    assert [fault for fault in check(store, taken["id"]).faults if victim.name in fault]


def test_a_backup_killed_half_way_is_none_and_the_next_one_goes_on(lived, tmp_path):
    machine, _, _ = lived
    target = tmp_path / "backups"
    child = subprocess.Popen(command("backup", str(target)), env=machine.environment, stdout=subprocess.DEVNULL)
    end = time.monotonic() + 60
    while time.monotonic() < end and len(list(parts(target))) < 5:
        time.sleep(0.001)
    os.kill(child.pid, signal.SIGKILL)
    child.wait()
    left = len(list(parts(target)))
    assert left >= 5 and not list(target.glob("backups/*"))
    refused = machine.run("verify-backup", str(target))
    assert refused.returncode == 1 and "no whole backup" in refused.stderr

    done = machine.tells("backup", str(target))
    assert done["parts_reused"] >= left and machine.tells("verify-backup", str(target))["sound"]
    assert not list(target.glob("half/*"))


def test_old_backups_go_with_the_parts_that_only_they_had(lived, folder):
    machine, _, taken = lived
    machine.sql("INSERT INTO ledger_cursor (id, county, region, reader, position) VALUES "
        "(gen_random_uuid(), '222401', '222401', 'story', 1)")  # fmt: skip
    newest = machine.tells("backup", str(folder), "--keep", "1")
    machine.sql("DELETE FROM ledger_cursor WHERE reader = 'story'")
    store = store_of(folder, lived)
    assert store.backups() == [newest["id"]] and newest["parts_removed"] > 0
    assert not check(store, newest["id"]).faults
    assert {path.name for path in parts(folder)} == names_of(store, newest["id"])


def test_with_the_national_hash_the_cipher_is_sm4_and_whoever_has_the_key_reads_it(lived, tmp_path):
    machine, _, _ = lived
    national = Machine(tmp_path / "home", machine.key, (("SHOUWANG_DIGEST", "sm3"),))
    national.run("migrate").check_returncode()
    put_photos(national.home, count=1)
    national.tells("backup", str(tmp_path / "backups"))
    stopped(national.home)
    assert {path.read_bytes()[4] for path in parts(tmp_path / "backups")} == {2}
    assert machine.tells("verify-backup", str(tmp_path / "backups"))["sound"]
