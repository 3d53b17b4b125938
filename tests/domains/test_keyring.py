"""The key file: the newest key seals, all of them open, one that is retired opens nothing; a broken file says so."""

import json
import threading
from datetime import UTC, datetime, timedelta

import pytest

from shouwang.domains.people import keyring
from shouwang.domains.people.crypto import (
    KEY_ZERO,
    NAMED_AES_GCM,
    NAMED_SM4_GCM,
    Unreadable,
    decrypt,
    encrypt,
    sealed_by,
    seals,
)

NOW = datetime(2026, 11, 26, 4, tzinfo=UTC)
PHONE = b"13812345678"


@pytest.fixture(autouse=True)
def file(settings, tmp_path):
    settings.KEY_FILE = tmp_path / "deep" / "keys.json"
    return settings.KEY_FILE


@pytest.mark.parametrize("digest, kind", [("sha256", NAMED_AES_GCM), ("sm3", NAMED_SM4_GCM)])
def test_what_is_sealed_names_its_key(settings, digest, kind):
    settings.DIGEST = digest
    key = keyring.new_key(now=NOW)
    sealed = encrypt(PHONE, bound_to=b"row")
    assert (sealed[0], sealed_by(sealed)) == (kind, key.name)
    settings.DIGEST = "sha256"
    assert decrypt(sealed, bound_to=b"row") == PHONE, "readable after the setting has changed, too"


@pytest.mark.parametrize("digest", ["sha256", "sm3"])
def test_a_change_of_any_byte_is_found_the_name_of_the_key_included(settings, digest):
    settings.DIGEST = digest
    keyring.new_key(now=NOW)
    sealed = encrypt(PHONE, bound_to=b"row")
    for position in range(len(sealed)):
        changed = bytearray(sealed)
        changed[position] ^= 1
        with pytest.raises(Unreadable):
            decrypt(bytes(changed), bound_to=b"row")
    with pytest.raises(Unreadable):
        decrypt(sealed, bound_to=b"another row")


def test_an_installation_from_before_there_were_keys_goes_on_reading():
    before = encrypt(PHONE, bound_to=b"row")
    assert seals() == sealed_by(before) == KEY_ZERO
    first = keyring.new_key(now=NOW)
    second = keyring.new_key(now=NOW + timedelta(days=365))
    assert seals() == second.name != first.name
    assert decrypt(before, bound_to=b"row") == PHONE


def test_a_retired_key_opens_nothing_and_is_still_told():
    first = keyring.new_key(now=NOW)
    sealed = encrypt(PHONE, bound_to=b"row")
    second = keyring.new_key(now=NOW)
    assert decrypt(sealed, bound_to=b"row") == PHONE
    keyring.forget(first.name, now=NOW + timedelta(days=1))
    with pytest.raises(Unreadable):
        decrypt(sealed, bound_to=b"row")
    gone, stays = keyring.keys()
    assert (gone.name, gone.secret, gone.retired_at) == (first.name, b"", NOW + timedelta(days=1))
    assert stays == second


def test_the_file_is_for_its_owner_alone(file):
    key = keyring.new_key(now=NOW)
    assert file.stat().st_mode & 0o777 == 0o600
    assert json.loads(file.read_text())["keys"][0]["name"] == key.name


def test_keys_made_at_the_same_moment_are_all_there():
    threads = [threading.Thread(target=keyring.new_key, kwargs={"now": NOW}) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({key.name for key in keyring.keys()}) == 12


@pytest.mark.parametrize(
    "text",
    ["", "{}", "[]", '{"keys": 1}', '{"keys": [{"name": "0011aabb", "made_at": "2026-11-26", "secret": "c2hvcnQ="}]}',
     '{"keys": [{"name": "0011aabb", "made_at": "2026-11-26", "secret": ""}]}'],
)  # fmt: skip
def test_a_file_that_is_none_is_refused_by_name_rather_than_sealed_past(file, text):
    file.parent.mkdir()
    file.write_text(text)
    with pytest.raises(keyring.KeyFileBroken, match=str(file)):
        encrypt(PHONE, bound_to=b"row")
    with pytest.raises(keyring.KeyFileBroken):
        keyring.new_key(now=NOW)
    assert file.read_text() == text, "a command must not write over it"
