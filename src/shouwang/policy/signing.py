"""A pack is signed by version (政策包签名): who answers for exactly these contents, by Ed25519.

The version is the digest of the contents; the signature stands beside them in signature.yaml and is no part of it.
"""

from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from collections.abc import Collection
from datetime import date
from hashlib import sha256
from pathlib import Path

import yaml
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from msgspec import Struct

from shouwang.kernel.digest import canonical
from shouwang.policy.findings import Findings
from shouwang.policy.reading import decode, read_yaml

SIGNATURE = "signature.yaml"
# Made from the catalogue beside it, so it says nothing of its own.
COMPILED = ".mo"


class Signature(Struct, frozen=True, forbid_unknown_fields=True):
    """Who signed which contents, with the public key to prove it by."""

    version: str
    signer: str
    office: str
    signed_on: date
    key: str
    signature: str

    @property
    def fingerprint(self) -> str:
        """How people compare keys: read aloud over the telephone."""
        return fingerprint_of(self.key)

    def stands(self) -> bool:
        """Whether the named key signed just this."""
        try:
            key = Ed25519PublicKey.from_public_bytes(b64decode(self.key, validate=True))
            key.verify(b64decode(self.signature, validate=True), _statement(self))
        except (InvalidSignature, NotBase64, ValueError):
            return False
        return True


def digest_of(folder: Path) -> str:
    """Of everything in the folder but its signature: two packs of one digest are the same pack."""
    digest = sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path != folder / SIGNATURE and path.suffix != COMPILED:
            digest.update(path.relative_to(folder).as_posix().encode() + b"\0")
            digest.update(path.read_bytes().replace(b"\r\n", b"\n") + b"\0")
    return digest.hexdigest()


def sign(folder: Path, key: Ed25519PrivateKey, *, signer: str, office: str, on: date) -> Signature:
    """Sign the contents as they are and put the signature beside them."""
    public = b64encode(key.public_key().public_bytes_raw()).decode()
    bare = Signature(
        version=digest_of(folder), signer=signer, office=office, signed_on=on, key=public, signature=""
    )
    told = {name: getattr(bare, name) for name in bare.__struct_fields__}
    told["signature"] = b64encode(key.sign(_statement(bare))).decode()
    text = yaml.safe_dump(told, allow_unicode=True, sort_keys=False)
    (folder / SIGNATURE).write_text(text, encoding="utf-8")
    return Signature(**told)


def signature_of(folder: Path, findings: Findings) -> Signature | None:
    """The signature of a pack; None without one, or where it cannot be read."""
    if not (folder / SIGNATURE).exists():
        return None
    return decode(SIGNATURE, read_yaml(folder / SIGNATURE, findings), Signature, findings)


def check_signature(folder: Path, findings: Findings, *, trusted: Collection[str] = ()) -> Signature | None:
    """What is wrong with the signature, and who signed. `trusted` are fingerprints; without any, none is asked."""
    signed = signature_of(folder, findings)
    if signed is None:
        return None
    if signed.version != digest_of(folder):
        findings.error(SIGNATURE, f"the pack was changed after {signed.signer} signed it on {signed.signed_on}")
    elif not signed.stands():
        findings.error(SIGNATURE, f"is not by the key it names: {signed.signer} did not sign this")
    elif trusted and signed.fingerprint not in trusted:
        findings.error(SIGNATURE, f"was signed with key {signed.fingerprint}, which is none of those trusted")
    else:
        who = f"{signed.signer} ({signed.office})"
        findings.notice(SIGNATURE, f"signed by {who} on {signed.signed_on}, key {signed.fingerprint}")
    return signed


def fingerprint_of(key: str) -> str:
    return sha256(key.encode()).hexdigest()[:16]


def _statement(signed: Signature) -> bytes:
    fields = ("version", "signer", "office", "signed_on", "key")
    told = {name: getattr(signed, name) for name in fields}
    return b"shouwang policy pack\0" + canonical({**told, "signed_on": signed.signed_on.isoformat()})
