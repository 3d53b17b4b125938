"""`shouwang policy sign | verify`: who answers for exactly this version of a pack."""

import json
import os
import sys
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from shouwang.policy.findings import Findings
from shouwang.policy.loading import PACKS
from shouwang.policy.signing import Signature, check_signature, digest_of
from shouwang.policy.signing import sign as sign_pack

AS_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


def folder_of(named: str) -> Path:
    """A pack by the name of a shipped one, or by its folder."""
    for folder in (Path(named), PACKS / named):
        if (folder / "pack.yaml").is_file():
            return folder
    raise click.ClickException(f"pack: '{named}' is neither a shipped pack nor a folder with a pack.yaml")


@click.command()
@click.argument("pack")
@click.option("--key", required=True, type=click.Path(dir_okay=False, path_type=Path), help="Private key (PEM).")
@click.option("--new-key", is_flag=True, help="Make the key; the file must not be there yet.")
@click.option("--signer", required=True, help="Who signs.")
@click.option("--office", required=True, help="For which office.")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="The day of signing; today if left out.")
@AS_JSON
def sign(*, pack: str, key: Path, new_key: bool, signer: str, office: str, on: datetime | None, as_json: bool) -> None:
    """Sign PACK (a name or a folder) as it is; the signature is written beside its contents."""
    if not signer.strip() or not office.strip():
        raise click.UsageError("--signer and --office must not be empty")
    private = _made(key) if new_key else _read(key)
    day = on.date() if on else date.today()  # noqa: DTZ011
    signed = sign_pack(folder_of(pack), private, signer=signer.strip(), office=office.strip(), on=day)
    _say(signed, [], as_json)


@click.command()
@click.argument("pack")
@click.option("--trust", multiple=True, help="Fingerprint of a key that may sign; may be given several times.")
@AS_JSON
def verify(pack: str, trust: tuple[str, ...], as_json: bool) -> None:
    """Say who signed PACK; exit 1 when nobody did, or it was changed since, or the key is not trusted."""
    folder, findings = folder_of(pack), Findings()
    signed = check_signature(folder, findings, trusted=trust)
    faults = [one.text for one in findings.kept if one.weight == "error"]
    if signed is None and not faults:
        faults = [f"nobody signed this pack; its version is {digest_of(folder)}"]
    _say(signed, faults, as_json)
    sys.exit(1 if faults else 0)


def _say(signed: Signature | None, faults: list[str], as_json: bool) -> None:
    if as_json:
        told: dict[str, Any] = {"faults": faults}
        if signed is not None:
            told |= {name: str(getattr(signed, name)) for name in signed.__struct_fields__}
            told["fingerprint"] = signed.fingerprint
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
        return
    for fault in faults:
        click.echo(fault, err=True)
    if signed is not None and not faults:
        click.echo(f"{signed.version}\nsigned by {signed.signer} ({signed.office}) on {signed.signed_on}")
        click.echo(f"key {signed.fingerprint}")


def _made(path: Path) -> Ed25519PrivateKey:
    """A new key, readable by its owner alone."""
    key = Ed25519PrivateKey.generate()
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise click.ClickException(f"key: {path} is there already; leave --new-key out to use it") from None
    with os.fdopen(handle, "wb") as file:
        file.write(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return key


def _read(path: Path) -> Ed25519PrivateKey:
    try:
        key = load_pem_private_key(path.read_bytes(), password=None)
    except (OSError, ValueError, TypeError) as error:
        raise click.ClickException(f"key: {path} cannot be read as a private key without password ({error})") from None
    if not isinstance(key, Ed25519PrivateKey):
        raise click.ClickException(f"key: {path} is no Ed25519 key")
    return key
