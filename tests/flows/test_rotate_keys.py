"""Keys rotate at the county: all is sealed anew, nothing lost, the ledger sound, and old copies stay shut."""

import json
import re
from base64 import b64decode
from datetime import timedelta

import pytest
from click.testing import CliRunner
from django.db import connection

from shouwang.config.commands.keys import keys
from shouwang.domains.files.holding import LASTS, let_go
from shouwang.domains.ledger.models import Line, Resealing
from shouwang.domains.ledger.sealing import seal_county
from shouwang.domains.ledger.verifying import verify
from shouwang.domains.ledger.write import Stale
from shouwang.domains.people import keyring, one_time_codes
from shouwang.domains.people.crypto import KEY_ZERO, Unreadable, sealed_by, seals
from shouwang.domains.people.models import Person
from shouwang.domains.people.services import By, enrol_code, lock
from shouwang.domains.records.models import Record, Step
from shouwang.domains.records.personal import opened
from shouwang.flows import rotate_keys
from shouwang.flows.amend_record import Amendment, amend_record
from shouwang.flows.hold_table import held_table, hold_table
from shouwang.flows.refusal import Refused
from shouwang.flows.rotate_keys import NotRetired, reseal_everything, retire_key, sealed_values
from shouwang.flows.unmask_record import unmask_record
from tests.cast import COMMUNITY, COUNTY
from tests.flows.records_story import HOUR, MORNING, OWNER, OWNERS, entered, entry, pack_with, settle_areas

pytestmark = pytest.mark.django_db
SECRET = "JBSWY3DPEHPK3PXP"
TONIGHT = MORNING + 12 * HOUR
BLOB = re.compile(r'"sealed": ?"([^"]+)"|\\\\x([0-9a-f]{60,})')


@pytest.fixture(autouse=True)
def home(settings, tmp_path, db):
    settings.HOME, settings.KEY_FILE = tmp_path, tmp_path / "keys.json"
    settings.PACK = pack_with(tmp_path, OWNERS)
    settle_areas()


def rented(key="form-1", **more):
    return entry(key=key, type_="rented_home", region=COMMUNITY, papers=(), **OWNER | more)


@pytest.fixture
def lived_in(cast):
    """Records entered and amended, second factors set up: everything that is sealed, in every table."""
    chief = cast["liuguozhu"]
    first = entered(chief, rented())
    entered(chief, rented("form-2", address="红旗街6号", owner="朴哲", phone="13900001111"))
    told = {**OWNER, "rooms": "3", "owner": "金英顺(女)"}
    amend_record(chief, first.id, Amendment(values=told), now=MORNING + HOUR)
    for name in ("liuguozhu", "zhangzhiqiang"):
        person = Person.objects.get(id=cast[name].id)
        enrol_code(person, SECRET, by=By(actor=person.id, post="", pack="p"), at=MORNING)
    return first


def everything():
    """What every sealed value says, wherever it stands."""
    records = {str(one.id): opened(one.id, one.values) for one in Record.objects.all()}
    steps = {str(one.id): opened(one.record_id, one.earlier["values"]) for one in Step.objects.exclude(earlier=None)}
    people = Person.objects.exclude(totp=b"")
    return records, steps, {p.login: one_time_codes.opened(p.totp, p.id) for p in people}


def tables():
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY 1")
        for (table,) in cursor.fetchall():
            cursor.execute(f'SELECT t::text FROM "{table}" t')
            yield table, " ".join(row[0] for row in cursor.fetchall())


def blobs():
    """Everything sealed in any column of any table, found by its look and not by the list of the program."""
    found = []
    for table, text in tables():
        for in_json, in_bytes in BLOB.findall(text.replace('""', '"')):
            blob = b64decode(in_json) if in_json else bytes.fromhex(in_bytes)
            if sealed_by(blob) is not None and (in_json or table == "people_person"):
                found.append((table, blob))
    return found


def rotate(*words, code=0):
    result = CliRunner().invoke(keys, ["rotate", *words, "--json"])
    assert result.exit_code == code, result.output
    return json.loads(result.output)


def test_an_old_installation_moves_to_its_key_file_by_one_command(lived_in):
    said, stood = everything(), blobs()
    assert sorted({table for table, _ in stood}) == ["people_person", "records_record", "records_step"]
    assert {sealed_by(blob) for _, blob in stood} == {KEY_ZERO}
    assert rotate()["resealed"] == len(stood) == 8
    assert everything() == said
    now = blobs()
    assert len(now) == len(stood) and {sealed_by(blob) for _, blob in now} == {seals()} != {KEY_ZERO}
    assert {blob for _, blob in now} & {blob for _, blob in stood} == set()
    assert sealed_values() == {seals(): 8}


def test_no_old_ciphertext_is_left_in_any_table(lived_in):
    keyring.new_key(now=MORNING)
    reseal_everything(now=MORNING + HOUR)
    old = [blob for _, blob in blobs()]
    signs = {sign for blob in old for sign in (blob.hex(), blob[5:].hex())}
    keyring.new_key(now=TONIGHT)
    reseal_everything(now=TONIGHT)
    for table, text in tables():
        assert not [sign for sign in signs if sign in text], table
        found = [b64decode(one) for one, _ in BLOB.findall(text.replace('""', '"')) if one]
        assert not [blob for blob in found if blob in old], table


def test_the_ledger_stays_sound_and_tells_what_was_done(lived_in, cast):
    for hours in range(3):
        keyring.new_key(now=TONIGHT)
        reseal_everything(now=TONIGHT + hours * HOUR)
        assert verify(COUNTY).faults == []
    amend_record(
        cast["liuguozhu"], lived_in.id, Amendment(values=OWNER | {"owner": "朴哲"}), now=TONIGHT + 4 * HOUR
    )
    keyring.new_key(now=TONIGHT)
    reseal_everything(now=TONIGHT + 5 * HOUR)
    seal_county(COUNTY, now=TONIGHT + 6 * HOUR)
    assert verify(COUNTY).faults == []
    lines = Line.objects.filter(act="reseal")
    assert {(line.room, line.actor, line.county) for line in lines} == {("ledger", None, COUNTY)}
    assert sum(line.count for line in lines) == Resealing.objects.count()


@pytest.mark.parametrize("model", [Record, Step, Person])
def test_a_hand_edit_is_found_before_and_after(lived_in, model):
    keyring.new_key(now=TONIGHT)
    reseal_everything(now=TONIGHT)
    edited = {Record: {"name": "别处"}, Step: {"note": "没有的话"}, Person: {"name": "别人"}}[model]
    touched = Resealing.objects.filter(object__in=model.objects.values("id")).first().object
    model.objects.filter(id=touched).update(**edited)
    assert [fault.what for fault in verify(COUNTY).faults] == ["row edited"]


def test_a_hand_edit_of_what_is_sealed_is_no_resealing(lived_in):
    stood = Record.objects.get(id=lived_in.id).values
    keyring.new_key(now=TONIGHT)
    reseal_everything(now=TONIGHT)
    Record.objects.filter(id=lived_in.id).update(values=stood)
    assert [fault.what for fault in verify(COUNTY).faults] == ["row edited"]


def test_a_forged_resealing_is_found(lived_in):
    keyring.new_key(now=TONIGHT)
    reseal_everything(now=TONIGHT)
    kept = Resealing.objects.first()
    kept.pk, kept.object = kept.id.__class__(int=kept.id.int + 1), lived_in.id
    kept.save(force_insert=True)
    assert verify(COUNTY).faults
    Resealing.objects.filter(pk=kept.pk).update(line=Line.objects.filter(enclosed=b"").first().id)
    assert "row without line" in {fault.what for fault in verify(COUNTY).faults}


def test_who_read_before_and_writes_after_must_read_again(lived_in, cast):
    person = Person.objects.get(id=cast["liuguozhu"].id)
    record = Record.objects.get(id=lived_in.id)
    keyring.new_key(now=TONIGHT)
    reseal_everything(now=TONIGHT)
    with pytest.raises(Stale):
        lock(person, by=By(actor=None, post="", pack="p"), at=TONIGHT)
    told = Amendment(values=OWNER | {"rooms": "4"}, version=record.version)
    amend_record(cast["liuguozhu"], record.id, told, now=TONIGHT + HOUR)
    assert verify(COUNTY).faults == [], "a form opened before the rotation may be sent after it"


def test_stopped_half_way_it_goes_on_where_it_stopped(lived_in, monkeypatch):
    said = everything()
    monkeypatch.setattr(rotate_keys, "BATCH", 1)
    real, done = rotate_keys.reseal, []

    def stops(*given):
        if len(done) == 2:
            raise KeyboardInterrupt
        done.append(real(*given))

    monkeypatch.setattr(rotate_keys, "reseal", stops)
    keyring.new_key(now=TONIGHT)
    with pytest.raises(KeyboardInterrupt):
        reseal_everything(now=TONIGHT)
    assert everything() == said and set(sealed_values()) == {KEY_ZERO, seals()}
    assert verify(COUNTY).faults == []
    monkeypatch.setattr(rotate_keys, "reseal", real)
    key = seals()
    assert rotate("--resume")["key"] == key, "no other key is made"
    assert everything() == said and set(sealed_values()) == {key}
    assert rotate("--resume")["resealed"] == 0
    assert verify(COUNTY).faults == []


def test_a_key_is_retired_when_it_seals_nothing_any_more(lived_in, cast):
    first = keyring.new_key(now=MORNING)
    reseal_everything(now=MORNING)
    with pytest.raises(NotRetired, match="make another first"):
        retire_key(first.name, now=TONIGHT)
    kept = Record.objects.get(id=lived_in.id)
    keyring.new_key(now=TONIGHT)
    with pytest.raises(NotRetired, match="still seals 8 values"):
        retire_key(first.name, now=TONIGHT)
    reseal_everything(now=TONIGHT)
    retire_key(first.name, now=TONIGHT)
    assert opened(kept.id, kept.values)["owner"] == "", "an old copy of the database stays shut"
    clear = unmask_record(cast["zhangzhiqiang"], lived_in.id, reason="联系房主断电检修", now=TONIGHT)
    assert clear["owner"] == "金英顺(女)"
    for name in (first.name, KEY_ZERO, "ffffffff"):
        with pytest.raises(NotRetired):
            retire_key(name, now=TONIGHT)


def test_a_table_that_waits_for_its_sender_holds_its_key_until_its_week_is_over(cast):
    first = keyring.new_key(now=MORNING)
    slip = hold_table(cast["liuguozhu"], b"a table", now=MORNING)
    keyring.new_key(now=TONIGHT)
    reseal_everything(now=TONIGHT)
    assert held_table(cast["liuguozhu"], slip, now=TONIGHT).data == b"a table"
    with pytest.raises(NotRetired, match="still seals 1"):
        retire_key(first.name, now=TONIGHT)
    let_go(now=TONIGHT + timedelta(days=3650) + LASTS)
    retire_key(first.name, now=TONIGHT)


def test_what_no_key_opens_is_told_and_left_alone(lived_in, settings):
    stood = blobs()
    settings.SECRET_KEY = "another, and the old one is lost"
    told = rotate(code=1)
    assert (told["resealed"], told["unreadable"]) == (0, 8)
    assert sorted(blobs()) == sorted(stood)
    with pytest.raises(Unreadable):
        one_time_codes.opened(Person.objects.exclude(totp=b"").first().totp, lived_in.id)


def test_the_command_tells_the_keys_and_never_a_secret(lived_in, settings):
    rotate()
    run = CliRunner().invoke(keys, ["list", "--count", "--json"])
    told = json.loads(run.output)["keys"]
    assert [(one["key"], one["state"], one["values"]) for one in told] == [
        (KEY_ZERO, "opens", 0),
        (seals(), "seals", 8),
    ]
    secret = json.loads(settings.KEY_FILE.read_text())["keys"][0]["secret"]
    plain = CliRunner().invoke(keys, ["list"]).output
    made = CliRunner().invoke(keys, ["new"]).output
    assert secret not in run.output + plain + made and "copy the key file" in made
    assert CliRunner().invoke(keys, ["retire", KEY_ZERO]).exit_code == 1


@pytest.mark.parametrize("words", [("list",), ("new",), ("rotate",)])
def test_a_broken_key_file_is_told_in_words(settings, words):
    settings.KEY_FILE.write_text("not keys")
    run = CliRunner().invoke(keys, [*words])
    assert run.exit_code == 1 and run.output.startswith(f"Error: {settings.KEY_FILE}: not a key file")


def test_rotation_opens_nothing_to_anybody(cast):
    record = entered(cast["liuguozhu"], rented())
    rotate()
    with pytest.raises(Refused):
        unmask_record(cast["mali"], record.id, reason="看看", now=TONIGHT)
