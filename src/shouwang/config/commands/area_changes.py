"""`shouwang areas merge | split | rename | rerank | change`: the tree over time, each act under its document."""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from shouwang.config.administering import AS_JSON
from shouwang.config.django_start import with_django

if TYPE_CHECKING:
    from shouwang.policy.area_changes import Changes


def _dated(command: Callable[..., Any]) -> Callable[..., Any]:
    """Every act names its day and its document."""
    document = click.option("--document", required=True, help="Number of the document, such as 吉政函〔2026〕12号.")
    since = click.option("--since", required=True, help="The day from which it holds, such as 2026-07-01.")
    return since(document(command))


@click.command()
@click.argument("codes", nargs=-1, required=True)
@click.option("--into", required=True, help="The unit they go on as; a new one needs --zh.")
@click.option("--zh", default="", help="Name of a new unit.")
@click.option("--ko", default="", help="Its Korean name.")
@click.option("--kind", default="", help="What it is, where its name does not tell.")
@_dated
@AS_JSON
@with_django
def merge(*, codes: tuple[str, ...], as_json: bool, **cells: str) -> None:
    """One or more units go on as another; their rows keep their region."""
    _one({"act": "merge", "code": " ".join(codes), **cells}, as_json)


@click.command()
@click.argument("code")
@click.option("--part", "parts", multiple=True, required=True, help="'CODE 村名/한글'; the unit itself if it stays.")
@click.option("--successor", default="", help="The part that goes on with the old cases, or 'above'.")
@_dated
@AS_JSON
@with_django
def split(*, code: str, parts: tuple[str, ...], as_json: bool, **cells: str) -> None:
    """One unit becomes several, or gives off a part."""
    _one({"act": "split", "code": code, "parts": ";".join(parts), **cells}, as_json)


@click.command()
@click.argument("code")
@click.option("--zh", default="", help="The new Chinese name.")
@click.option("--ko", default="", help="The new Korean name.")
@_dated
@AS_JSON
@with_django
def rename(*, code: str, as_json: bool, **cells: str) -> None:
    """A unit is called otherwise; papers of earlier days keep the old name."""
    _one({"act": "rename", "code": code, **cells}, as_json)


@click.command()
@click.argument("code")
@click.option("--kind", required=True, help="street, town, city ... or 街道, 镇, 市 ...")
@click.option("--into", default="", help="The new code, where it gets one.")
@click.option("--zh", default="", help="The new Chinese name.")
@click.option("--ko", default="", help="The new Korean name.")
@_dated
@AS_JSON
@with_django
def rerank(*, code: str, as_json: bool, **cells: str) -> None:
    """A unit becomes another kind: 乡 to 镇, 镇 to 街道, 县 to 市."""
    _one({"act": "rerank", "code": code, **cells}, as_json)


@click.command("change")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--refused", type=click.Path(dir_okay=False, path_type=Path), help="Write the rows kept out here.")
@AS_JSON
@with_django
def change_table(*, file: Path, refused: Path | None, as_json: bool) -> None:
    """A yearly CSV table of changes. Good rows are done; each bad row is named with its field and reason."""
    from shouwang.policy.area_changes import read_changes

    _done(read_changes(file.read_bytes()), as_json, refused)


def _one(cells: dict[str, str], as_json: bool) -> None:
    from shouwang.policy.area_changes import Changes, read_change

    act, refusals = read_change(cells, line=1)
    acts = (act,) if act else ()
    _done(Changes(acts=acts, refusals=tuple(refusals), given={1: cells}), as_json)


def _done(read: "Changes", as_json: bool, refused: Path | None = None) -> None:
    from django.conf import settings
    from django.utils import timezone

    from shouwang import policy
    from shouwang.domains.areas.returning import explained, returned
    from shouwang.domains.areas.services import Importer
    from shouwang.flows.change_areas import change_as

    everywhere = tuple(sorted({code[:2] + "0000" for act in read.acts for code in act.named}))
    pack = policy.load(settings.PACK)
    by = Importer(actor=None, post=pack.wiring.posts.machine, pack=pack.version, areas=everywhere)
    done = change_as(by, read.acts, now=timezone.now())
    refusals = sorted((*read.refusals, *done.refusals), key=lambda one: one.line)
    if refused and refusals:
        refused.write_text(returned(read, refusals), encoding="utf-8-sig")
    lines = [str(line) for event in done.events for line in event.lines]
    said = [{"line": one.line, "field": one.field, "reason": explained(one)} for one in refusals]
    if as_json:
        told = {"done": len(done.events), "unchanged": done.unchanged, "lines": lines, "refusals": said}
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        click.echo(f"{len(done.events)} done, {done.unchanged} unchanged, {len({r.line for r in refusals})} refused")
        for refusal in said:
            click.echo(f"  {refusal['line']}  {refusal['reason']}", err=True)
    sys.exit(1 if refusals else 0)
