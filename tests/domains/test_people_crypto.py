"""What must be read back is encrypted for one row and purpose; what was changed or moved is not read at all."""

import base64
from datetime import UTC, datetime

import pyotp
import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.test import override_settings
from hypothesis import given
from hypothesis import strategies as st

from shouwang.domains.people import one_time_codes
from shouwang.domains.people.crypto import AES_GCM, KEY_ZERO, SM4_GCM, Unreadable, decrypt, encrypt, sealed_by
from shouwang.kernel.suites import NONCE
from tests.domains.people_story import officer

SECRET = b"JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.mark.parametrize("digest, kind", [("sha256", AES_GCM), ("sm3", SM4_GCM)])
@given(plain=st.binary(max_size=200).filter(bool), bound_to=st.binary(max_size=30))
def test_what_was_encrypted_comes_back(digest, kind, plain, bound_to):
    with override_settings(DIGEST=digest):
        sealed = encrypt(plain, bound_to=bound_to)
    assert (sealed[0], sealed_by(sealed)) == (kind, KEY_ZERO), "without a key file, key 0 seals"
    assert decrypt(sealed, bound_to=bound_to) == plain, "readable after the setting has changed, too"


def test_it_is_aes_gcm_as_any_other_program_knows_it(settings):
    settings.SECRET_KEY, settings.DIGEST = "a key of this test", "sha256"
    sealed = encrypt(SECRET, bound_to=b"row")
    key = HKDF(SHA256(), 32, None, b"shouwang people").derive(b"a key of this test")
    assert AESGCM(key).decrypt(sealed[1 : 1 + NONCE], sealed[1 + NONCE :], b"row") == SECRET


@pytest.mark.parametrize("digest", ["sha256", "sm3"])
def test_a_change_of_any_byte_is_found(settings, digest):
    settings.DIGEST = digest
    sealed = encrypt(SECRET, bound_to=b"row")
    for position in range(len(sealed)):
        changed = bytearray(sealed)
        changed[position] ^= 1
        with pytest.raises(Unreadable):
            decrypt(bytes(changed), bound_to=b"row")


def test_it_cannot_be_moved_to_another_row():
    with pytest.raises(Unreadable):
        decrypt(encrypt(SECRET, bound_to=b"one"), bound_to=b"another")


@pytest.mark.parametrize("blob", [b"", b"\x01", b"\x01" * 29, b"\x00" + b"x" * 60, b"\x09" + b"x" * 60])
def test_what_was_never_encrypted_here_is_refused(blob):
    with pytest.raises(Unreadable):
        decrypt(blob, bound_to=b"")


def test_the_same_secret_never_looks_the_same():
    assert len({encrypt(SECRET, bound_to=b"row") for _ in range(50)}) == 50


def test_after_a_new_secret_key_the_old_one_set_aside_still_reads(settings):
    settings.SECRET_KEY = "old"
    sealed = encrypt(SECRET, bound_to=b"row")
    settings.SECRET_KEY = "new"
    with pytest.raises(Unreadable):
        decrypt(sealed, bound_to=b"row")
    settings.SECRET_KEY_FALLBACKS = ["older", "old"]
    assert decrypt(sealed, bound_to=b"row") == SECRET


@pytest.mark.parametrize(
    "at, code",
    [
        (59, "287082"),
        (1111111109, "081804"),
        (1111111111, "050471"),
        (1234567890, "005924"),
        (20000000000, "353130"),
    ],
)
def test_codes_are_those_of_rfc_6238(at, code):
    """Appendix B of the RFC, SHA-1, its last six digits."""
    secret, now = base64.b32encode(b"12345678901234567890").decode(), datetime.fromtimestamp(at, UTC)
    assert one_time_codes.step_of(code, secret=secret, now=now) == at // 30
    assert one_time_codes.step_of(f" {code[:3]} {code[3:]} ", secret=secret, now=now) == at // 30


@pytest.mark.parametrize("code", ["", "0", "28708", "2870820", "２８７０８２", "abcdef", "287083"])
def test_nothing_else_is_a_code(code):
    secret = base64.b32encode(b"12345678901234567890").decode()
    assert one_time_codes.step_of(code, secret=secret, now=datetime.fromtimestamp(59, UTC)) is None


def test_what_the_picture_says_is_read_by_an_authenticator():
    secret = one_time_codes.new_secret()
    read = pyotp.parse_uri(one_time_codes.address(secret, "hanxue"))
    assert (read.secret, read.name, read.issuer) == (secret, "hanxue", "守望")


@pytest.mark.django_db
def test_a_secret_opens_for_its_person_only():
    one, other = officer(), officer("jinhao", "金浩")
    blob = one_time_codes.sealed(SECRET.decode(), one.id)
    assert one_time_codes.opened(blob, one.id) == SECRET.decode()
    with pytest.raises(Unreadable):
        one_time_codes.opened(blob, other.id)
