"""`shouwang doctor`: says in words whether this installation is fit."""

import json
from collections.abc import Callable

import click

from shouwang.config.django_start import with_django


@click.command()
@click.option("--json", "as_json", is_flag=True)
@with_django
def doctor(as_json: bool) -> None:
    """Check database, tables, worker, disk, pack, areas and ledger tail; exit 1 when something is wrong."""
    from django.utils import timezone

    from shouwang.flows.see_condition import findings as looks

    seen = {name: (found.ok, found.says) for name, found in looks(now=timezone.now()).items()}
    findings = seen | {name: _tried(check) for name, check in _checks().items()}
    if as_json:
        click.echo(json.dumps({n: {"ok": ok, "says": says} for n, (ok, says) in findings.items()}, ensure_ascii=False))
    else:
        for name, (ok, says) in findings.items():
            click.echo(f"{'ok   ' if ok else 'WRONG'}  {name:10} {says}")
    if not all(ok for ok, _ in findings.values()):
        raise SystemExit(1)


def _tried(check: Callable[[], str]) -> tuple[bool, str]:
    try:
        return True, check()
    except Exception as error:  # noqa: BLE001 - a doctor reports whatever it finds
        return False, f"{type(error).__name__}: {error}"


def _checks() -> dict[str, Callable[[], str]]:
    return {"pack": _pack, "areas": _areas, "ledger": _ledger, "keys": _keys, "backup": _backup, "python": _python}


def _pack() -> str:
    from shouwang.flows.sight import pack

    found = pack()
    return f"{found.name} {found.version}, {len(found.rows)} rows"


def _areas() -> str:
    from shouwang.domains.areas.queries import count_by_level

    found = count_by_level()
    if not found:
        raise RuntimeError("no areas; run `shouwang areas import --pack`")
    return ", ".join(f"{n} {level}" for level, n in found.items())


def _ledger() -> str:
    from shouwang.domains.ledger.queries import unsealed

    return f"{unsealed()} lines wait to be sealed"


def _keys() -> str:
    from pathlib import Path

    from django.conf import settings

    from shouwang.domains.people.keyring import newest

    key, path = newest(), Path(settings.KEY_FILE)
    if key is None:
        return "key 0, from SHOUWANG_SECRET_KEY; `shouwang keys rotate` makes a key file"
    if path.stat().st_mode & 0o077:
        raise RuntimeError(f"{path} can be read by others than its owner: chmod 600")
    return f"key {key.name} of {key.made_at:%Y-%m-%d} seals"


def _backup() -> str:
    from datetime import timedelta

    from django.utils import timezone

    from shouwang.flows.see_condition import backup_age

    age = backup_age(now=timezone.now())
    return "none was taken from here yet" if age is None else f"{timedelta(seconds=round(age))} old"


def _python() -> str:
    import platform
    import sys
    import sysconfig

    told = f"{platform.python_version()} in {sys.base_prefix}"
    # Distributions optimise theirs without saying so; pyenv does only when told to.
    if "--enable-optimizations" in str(sysconfig.get_config_var("CONFIG_ARGS")) or sys.base_prefix == "/usr":
        return told
    return f"{told}, built without --enable-optimizations: everything takes a third longer"
