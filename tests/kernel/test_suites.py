"""Both suites give what their standards print; whatever they seal opens, and nothing that was changed does."""

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, modes
from hypothesis import given
from hypothesis import strategies as st

from shouwang.kernel.suites import NATIONAL, NONCE, STANDARD, SUITES, TAG, Forged, Suite

HEX = bytes.fromhex
SM4_KEY = HEX("0123456789abcdeffedcba9876543210")
suites = st.sampled_from(list(SUITES.values()))


@pytest.mark.parametrize(
    ("suite", "data", "digest"),
    [
        # GB/T 32905-2016, A.1 and A.2
        (NATIONAL, b"abc", "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"),
        (NATIONAL, b"abcd" * 16, "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"),
        # FIPS 180-4 examples
        (STANDARD, b"abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (STANDARD, b"", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ],
)
def test_digests_are_those_of_the_standards(suite: Suite, data: bytes, digest: str) -> None:
    assert suite.digest(data).hex() == digest


@pytest.mark.parametrize(
    ("suite", "key", "data", "mac"),
    [
        # GM/T 0042-2015, D.3
        (NATIONAL, bytes(range(1, 33)), b"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq" * 2,
         "ca05e144ed05d1857840d1f318a4a8669e559fc8391f414485bfdf7bb408963a"),
        (NATIONAL, bytes(range(1, 38)), b"\xcd" * 50,
         "220bf579ded555393f0159f66c99877822a3ecf610d1552154b41d44b94db3ae"),
        (NATIONAL, b"\x0b" * 32, b"Hi There", "c0ba18c68b90c88bc07de794bfc7d2c8d19ec31ed8773bc2b390c9604e0be11e"),
        (NATIONAL, b"Jefe", b"what do ya want for nothing?",
         "2e87f1d16862e6d964b50a5200bf2b10b764faa9680a296a2405f24bec39f882"),
        # RFC 4231, test cases 1 and 2
        (STANDARD, b"\x0b" * 20, b"Hi There", "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"),
        (STANDARD, b"Jefe", b"what do ya want for nothing?",
         "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"),
    ],
)  # fmt: skip
def test_keyed_digests_are_those_of_the_standards(suite: Suite, key: bytes, data: bytes, mac: str) -> None:
    assert suite.hmac(key, data).hex() == mac


def test_sm4_is_that_of_its_standard() -> None:
    """GB/T 32907-2016, A.1: one block under itself as the key, and the same a million times over."""
    block = Cipher(NATIONAL.cipher(SM4_KEY), modes.ECB()).encryptor().update
    assert block(SM4_KEY).hex() == "681edf34d206965e86b3e94f536e4246"
    found = SM4_KEY
    for _ in range(1_000_000):
        found = block(found)
    assert found.hex() == "595298c7c6fd271f0402f804c33d3f66"


@pytest.mark.parametrize(
    ("suite", "key", "nonce", "bound_to", "plain", "sealed"),
    [
        # RFC 8998, A.1
        (NATIONAL, SM4_KEY, "00001234567800000000abcd", "feedfacedeadbeeffeedfacedeadbeefabaddad2",
         "a" * 16 + "b" * 16 + "c" * 16 + "d" * 16 + "e" * 16 + "f" * 16 + "e" * 16 + "a" * 16,
         "17f399f08c67d5ee19d0dc9969c4bb7d5fd46fd3756489069157b282bb200735"
         "d82710ca5c22f0ccfa7cbf93d496ac15a56834cbcf98c397b4024a2691233b8d" "83de3541e4c2b58177e065a9bf7b62ec"),
        # The GCM specification (McGrew and Viega), test cases 13, 14 and 16: AES with a key of 256 bits
        (STANDARD, bytes(32), "00" * 12, "", "", "530f8afbc74536b9a963b4f1c4cb738b"),
        (STANDARD, bytes(32), "00" * 12, "", "00" * 16,
         "cea7403d4d606b6e074ec5d3baf39d18" "d0d1c8a799996bf0265b98b5d48ab919"),
        (STANDARD, HEX("feffe9928665731c6d6a8f9467308308" * 2), "cafebabefacedbaddecaf888",
         "feedfacedeadbeeffeedfacedeadbeefabaddad2",
         "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
         "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39",
         "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
         "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662" "76fc6ece0f4e1768cddf8853bb2d551b"),
    ],
)  # fmt: skip
def test_what_is_sealed_is_that_of_the_standards(
    *, suite: Suite, key: bytes, nonce: str, bound_to: str, plain: str, sealed: str
) -> None:
    told = {"key": key, "nonce": HEX(nonce), "bound_to": HEX(bound_to)}
    assert suite.encrypt(HEX(plain), **told).hex() == sealed
    assert suite.decrypt(HEX(sealed), **told).hex() == plain


def test_keys_from_a_secret_are_those_of_rfc_5869() -> None:
    """Its test case 3: no salt, no purpose; the first bytes of its output."""
    assert STANDARD.derive(b"\x0b" * 22, purpose=b"").hex() == (
        "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d"
    )
    assert len(NATIONAL.derive(b"secret", purpose=b"one")) == 16
    assert NATIONAL.derive(b"secret", purpose=b"one") != NATIONAL.derive(b"secret", purpose=b"two")


@given(suites, st.binary(max_size=100), st.binary(max_size=30), st.data())
def test_it_opens_unchanged_and_not_otherwise(suite: Suite, plain: bytes, bound_to: bytes, data: st.DataObject) -> None:
    key, nonce = bytes(range(suite.key_bytes)), bytes(NONCE)
    sealed = suite.encrypt(plain, key=key, nonce=nonce, bound_to=bound_to)
    assert suite.decrypt(sealed, key=key, nonce=nonce, bound_to=bound_to) == plain
    place = data.draw(st.integers(0, len(sealed) - 1))
    changed = sealed[:place] + bytes([sealed[place] ^ 1]) + sealed[place + 1 :]
    for wrong in (changed, sealed[:-1], sealed[: TAG - 1], b""):
        with pytest.raises(Forged):
            suite.decrypt(wrong, key=key, nonce=nonce, bound_to=bound_to)
    with pytest.raises(Forged):
        suite.decrypt(sealed, key=key, nonce=nonce, bound_to=bound_to + b"!")
    with pytest.raises(Forged):
        suite.decrypt(sealed, key=key[::-1], nonce=nonce, bound_to=bound_to)
