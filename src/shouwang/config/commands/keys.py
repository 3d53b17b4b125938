"""`shouwang keys`: the keys that seal personal values and second factors (密钥)."""

import json
from typing import Any

import click

from shouwang.config.administering import AS_JSON, answer, now
from shouwang.config.django_start import with_django


class _Told(click.Group):
    """A key file that cannot be read is told in words."""

    def invoke(self, ctx: click.Context) -> Any:
        from shouwang.domains.people.keyring import KeyFileBroken

        try:
            return super().invoke(ctx)
        except KeyFileBroken as broken:
            raise click.ClickException(str(broken)) from None


@click.group(cls=_Told)
def keys() -> None:
    """Keys (密钥) that seal personal values and second factors."""


@keys.command()
@AS_JSON
@with_django
def new(as_json: bool) -> None:
    """Make a key; from now on it seals. What older keys sealed stays as it is: see `rotate`."""
    from shouwang.domains.people.keyring import new_key

    made = new_key(now=now())
    answer({"key": made.name, "file": _file(), **_advice(as_json)}, as_json)


@keys.command("list")
@click.option("--count", "counted", is_flag=True, help="Count what each key has sealed: reads every sealed value.")
@AS_JSON
@with_django
def list_(counted: bool, as_json: bool) -> None:
    """Tell the keys, the oldest first; key 0 is derived from SHOUWANG_SECRET_KEY."""
    from shouwang.domains.people import keyring
    from shouwang.domains.people.crypto import KEY_ZERO, seals
    from shouwang.flows.rotate_keys import sealed_values

    found = sealed_values() if counted else None
    dated = [(key.name, key.made_at.isoformat(), key.retired_at is not None) for key in keyring.keys()]
    told: list[dict[str, Any]] = []
    for name, made_at, gone in [(KEY_ZERO, None, False), *dated]:
        state = "seals" if name == seals() else "retired" if gone else "opens"
        told.append({"key": name, "made_at": made_at, "state": state})
        if found is not None:
            told[-1]["values"] = found[name]
    if as_json:
        click.echo(json.dumps({"file": _file(), "keys": told}, indent=2))
        return
    for one in told:
        values = f"  {one['values']} values" if found is not None else ""
        click.echo(f"{one['key']:8}  {one['state']:7}  {one['made_at'] or 'from SHOUWANG_SECRET_KEY'}{values}")


@keys.command()
@click.option("--resume", is_flag=True, help="Make no key: go on with one that was begun.")
@AS_JSON
@with_django
def rotate(resume: bool, as_json: bool) -> None:
    """Make a key and seal everything anew by it, while people work; stopped at any moment, it can be resumed."""
    from shouwang.domains.people.crypto import seals
    from shouwang.domains.people.keyring import new_key, newest
    from shouwang.flows.rotate_keys import reseal_everything

    if not resume:
        new_key(now=now())
    elif newest() is None:
        raise click.ClickException("there is no key to go on with: run it without --resume")
    done = reseal_everything(now=now())
    told = {"key": seals(), "file": _file(), "resealed": done.values, "unreadable": done.unreadable}
    answer(told | ({} if resume else _advice(as_json)), as_json)
    if done.unreadable:
        raise SystemExit(1)


@keys.command()
@click.argument("name")
@with_django
def retire(name: str) -> None:
    """Delete the secret of a key that seals nothing any more: old copies of the database stay shut for ever."""
    from shouwang.flows.rotate_keys import NotRetired, retire_key

    try:
        retire_key(name, now=now())
    except NotRetired as no:
        raise click.ClickException(str(no)) from None
    click.echo(f"Key {name} is retired.")


def _file() -> str:
    from django.conf import settings

    return str(settings.KEY_FILE)


def _advice(as_json: bool) -> dict[str, str]:
    if as_json:
        return {}
    return {"now": "copy the key file to a safe place apart from the backups, and to every machine that serves"}
