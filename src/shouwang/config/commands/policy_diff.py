"""`shouwang policy diff`: what another edition of the pack changes, and for whom."""

import json
from collections.abc import Iterable
from typing import Any

import click

from shouwang.config.commands.policy_signing import AS_JSON, folder_of
from shouwang.policy import Pack
from shouwang.policy.difference import Change, difference
from shouwang.policy.pack_reading import read

SECTIONS = ("row", "duty", "parameter", "table", "record", "post")


@click.command()
@click.argument("old")
@click.argument("new")
@click.option("--section", type=click.Choice(SECTIONS), help="Only these.")
@click.option("--post", default="", help="Only what concerns this kind of post.")
@click.option("--language", default="zh", show_default=True, type=click.Choice(["zh", "ko", "en"]))
@AS_JSON
def diff(*, old: str, new: str, section: str | None, post: str, language: str, as_json: bool) -> None:
    """What changes from pack OLD to pack NEW (names or folders), in words, and whom it concerns."""
    before, after = _read(old), _read(new)
    found = [
        one
        for one in difference(before, after)
        if (section is None or one.section == section) and (not post or post in one.whom)
    ]
    if as_json:
        body = {"old": before.version, "new": after.version, "changes": [_as_json(one) for one in found]}
        click.echo(json.dumps(body, ensure_ascii=False, indent=2, default=str))
        return
    for one in found:
        whom = ", ".join(_post(before, after, kind, language) for kind in one.whom) or "-"
        click.echo(f"{one.kind:<8}{one.section:<10}{one.id}  {one.label.in_(language)}\n{'':8}for {whom}")
        for text in one.what:
            click.echo(f"{'':8}{text}")
    click.echo(f"{before.version} -> {after.version}: {_summary(found)}")


def _summary(found: Iterable[Change]) -> str:
    counts: dict[str, int] = {}
    for one in found:
        counts[f"{one.section} {one.kind}"] = counts.get(f"{one.section} {one.kind}", 0) + 1
    return ", ".join(f"{number} {what}" for what, number in counts.items()) or "nothing changes"


def _post(before: Pack, after: Pack, kind: str, language: str) -> str:
    found = after.posts.get(kind) or before.posts.get(kind)
    return found.label.in_(language) if found else kind


def _as_json(one: Change) -> dict[str, Any]:
    label = {"zh": one.label.zh, "ko": one.label.ko, "en": one.label.en}
    told = {"section": one.section, "id": one.id, "kind": one.kind, "label": label}
    return told | {"whom": list(one.whom), "what": list(one.what), "since": one.since}


def _read(named: str) -> Pack:
    folder = folder_of(named)
    pack, findings = read(folder)
    faults = [f"{one.where}: {one.text}" for one in findings if one.weight == "error"]
    if pack is None or faults:
        raise click.ClickException(f"pack: '{named}' cannot be read\n" + "\n".join(faults))
    return pack
