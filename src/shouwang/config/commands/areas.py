"""`shouwang areas`: bring in the tree of areas (辖区) and look at it."""

import json
import sys
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from shouwang.config.administering import AS_JSON
from shouwang.config.commands.area_changes import change_table, merge, rename, rerank, split
from shouwang.config.django_start import with_django

if TYPE_CHECKING:
    from shouwang.domains.areas.queries import Place
    from shouwang.domains.areas.services import Imported
    from shouwang.policy.areas import Reading


def _known_code(ctx: click.Context, param: click.Parameter, value: str) -> str:
    """Refuse what cannot be a region code before anything is looked up."""
    from shouwang.kernel.codes import is_region

    if value and not is_region(value):
        raise click.BadParameter(f"{value} is not a region code", ctx=ctx, param=param)
    return value


@click.group()
def areas() -> None:
    """The tree of areas: prefecture, county, township, village, grid."""


for _command in (merge, split, rename, rerank, change_table):
    areas.add_command(_command)


@areas.command("import")
@click.argument("file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--pack", "from_pack", is_flag=True, help="The areas of the policy pack instead of a file.")
@click.option(
    "--refused", type=click.Path(dir_okay=False, path_type=Path), help="Write the rows kept out here."
)
@AS_JSON
@with_django
def bring_in(*, file: Path | None, from_pack: bool, refused: Path | None, as_json: bool) -> None:
    """Bring in a CSV table. Good rows go in; each bad row is named with its field and reason."""
    from django.conf import settings

    from shouwang.domains.areas.returning import returned
    from shouwang.policy.areas import read, table

    if (file is None) is not from_pack:
        raise click.UsageError("give either a FILE or --pack")
    reading = table(settings.PACK) if file is None else read(file.read_bytes())
    imported = _import(reading)
    if refused and imported.refusals:
        refused.write_text(returned(reading, imported.refusals), encoding="utf-8-sig")
    _report(imported, as_json)
    sys.exit(1 if imported.refusals else 0)


def _import(reading: "Reading") -> "Imported":
    """Whoever runs commands on this machine keeps the whole register, whatever provinces it speaks of."""
    from django.conf import settings
    from django.utils import timezone

    from shouwang import policy
    from shouwang.domains.areas.services import Importer, import_areas

    everywhere = tuple(sorted({fact.code[:2] + "0000" for fact in reading.facts}))
    pack = policy.load(settings.PACK)
    by = Importer(actor=None, post=pack.wiring.posts.machine, pack=pack.version, areas=everywhere)
    return import_areas(reading, by=by, at=timezone.now())


def _report(imported: "Imported", as_json: bool) -> None:
    from shouwang.domains.areas.returning import explained

    counts = {name: getattr(imported, name) for name in ("added", "changed", "unchanged", "refused")}
    said = [{"line": r.line, "field": r.field, "reason": explained(r)} for r in imported.refusals]
    if as_json:
        _print(counts | {"lines": [str(event.line) for event in imported.events], "refusals": said})
        return
    click.echo(", ".join(f"{number} {name}" for name, number in counts.items()))
    for refusal in said:
        click.echo(f"  {refusal['line']}  {refusal['reason']}", err=True)


@areas.command()
@click.argument("code", callback=_known_code)
@AS_JSON
@with_django
def show(code: str, as_json: bool) -> None:
    """One area: what it is, what it lies in, and what it holds."""
    from django.utils import timezone

    from shouwang.domains.areas.queries import count_by, line_of, place

    if (found := place(code)) is None:
        raise click.ClickException(f"code: no area is on record under {code}")
    line, holds = line_of(code), count_by("level", areas=[code], on=timezone.localdate())
    holds = {level: number for level, number in holds.items() if level != found.level}
    if as_json:
        _print(asdict(found) | {"path": [asdict(unit) for unit in line], "holds": holds})
        return
    click.echo(" › ".join(unit.name for unit in line))
    click.echo(_row(found))
    if holds:
        click.echo(", ".join(f"{number} {level}" for level, number in holds.items()))


@areas.command("list")
@click.option("--below", default="", callback=_known_code, help="Area whose parts to list; else the top.")
@click.option("--search", "text", default="", help="A part of a name, or the beginning of a code.")
@click.option("--after", default="", help="Code after which to go on.")
@click.option("--limit", default=50, show_default=True, type=click.IntRange(1, 1000))
@AS_JSON
@with_django
def list_areas(*, below: str, text: str, after: str, limit: int, as_json: bool) -> None:
    """The areas right below one, or those whose name or code fits."""
    from django.utils import timezone

    from shouwang.domains.areas.queries import children, place, prefectures, search

    reach, today = [below] if below else prefectures(), timezone.localdate()
    if text:
        _listed(search(text, areas=reach, on=today, limit=limit), "", as_json)
    elif below:
        page = children(below, areas=reach, on=today, after=after, limit=limit)
        _listed(page.places, page.after, as_json)
    else:
        _listed([found for code in reach if (found := place(code))], "", as_json)


@areas.command()
@click.option("--by", "field", default="level", show_default=True, type=click.Choice(["level", "kind"]))
@click.option("--below", default="", callback=_known_code, help="Only what lies in this area.")
@AS_JSON
@with_django
def count(field: str, below: str, as_json: bool) -> None:
    """How many areas there are, by level or by kind."""
    from django.utils import timezone

    from shouwang.domains.areas.queries import count_by, prefectures

    found = count_by(field, areas=[below] if below else prefectures(), on=timezone.localdate())
    if as_json:
        _print(found | {"total": sum(found.values())})
        return
    for name, number in found.items():
        click.echo(f"{number:>8}  {name}")
    click.echo(f"{sum(found.values()):>8}  total")


def _listed(found: "Iterable[Place]", after: str, as_json: bool) -> None:
    if as_json:
        _print({"areas": [asdict(unit) for unit in found], "after": after})
        return
    for unit in found:
        click.echo(_row(unit))
    if after:
        click.echo(f"--after {after}", err=True)


def _row(unit: "Place") -> str:
    where = f"{unit.lon}, {unit.lat}" if unit.lon is not None else ""
    return "  ".join(filter(None, (unit.code.ljust(15), unit.kind.ljust(16), unit.zh, unit.ko, where)))


def _print(value: dict[str, Any]) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))
