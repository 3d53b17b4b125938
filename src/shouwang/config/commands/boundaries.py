"""`shouwang boundaries`: outlines of areas (界线) from a file whose source and approval number are kept with them."""

import csv
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from shouwang.config.administering import AS_JSON
from shouwang.config.django_start import with_django

if TYPE_CHECKING:
    from shouwang.domains.areas.boundaries import Brought
    from shouwang.domains.areas.services import Importer


@click.group()
def boundaries() -> None:
    """Outlines of areas; none is shipped: whoever brings one says where it came from."""


@boundaries.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--datum", required=True, type=click.Choice(["wgs84", "cgcs2000", "gcj02", "bd09"]))
@click.option("--source", required=True, help="Where it came from; stands under every map.")
@click.option("--licence", default="", help="Under which licence or agreement.")
@click.option("--approval", default="", help="审图号; without it the public never sees the map.")
@click.option("--code-field", default="", help="Field with the area's code; else the usual ones are tried.")
@click.option("--name-field", default="", help="Field with the area's name.")
@click.option("--tolerance", default=200.0, show_default=True, type=click.FloatRange(0, 10_000), help="Metres.")
@click.option("--refused", type=click.Path(dir_okay=False, path_type=Path), help="Write the rows kept out here.")
@AS_JSON
@with_django
def bring_in(*, file: Path, datum: str, refused: Path | None, as_json: bool, tolerance: float, **said: str) -> None:
    """GeoJSON, or a shapefile in a zip. Repaired, simplified with shared borders, brought to WGS-84."""
    from django.utils import timezone

    from shouwang.domains.areas.boundaries import Given, import_boundaries
    from shouwang.domains.areas.boundary_reading import NotBoundaries
    from shouwang.domains.areas.words import REASONS
    from shouwang.kernel.geo import datum_named

    known, now = datum_named(datum), timezone.now()
    assert known is not None
    given = Given(datum=known, said_datum=datum, tolerance_m=tolerance, **said)
    try:
        done = import_boundaries(file.read_bytes(), given, by=_keeper(), on=timezone.localdate(now), at=now)
    except NotBoundaries as no:
        raise click.ClickException(str(REASONS[no.reason])) from None
    if refused and done.refusals:
        _give_back(refused, done)
    _report(done, as_json)
    sys.exit(1 if done.refusals else 0)


@boundaries.command("list")
@AS_JSON
@with_django
def list_boundaries(*, as_json: bool) -> None:
    """Every outline on record, with its source and approval number."""
    from shouwang.domains.areas.outlines import on_record
    from shouwang.domains.areas.queries import counties

    found = [
        {"region": one.region, "source": one.source, "licence": one.licence, "approval": one.approval,
         "datum": one.datum, "corners": sum(len(ring) for polygon in one.outline for ring in polygon)}
        for one in on_record(counties())
    ]  # fmt: skip
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
        return
    for row in found:
        click.echo("  ".join(str(cell) for cell in row.values() if cell != ""))


@boundaries.command()
@click.argument("areas", nargs=-1, required=True)
@with_django
def remove(*, areas: tuple[str, ...]) -> None:
    """Take the outlines of AREAS and everything below away."""
    from django.utils import timezone

    from shouwang.domains.areas.boundaries import remove_boundaries
    from shouwang.kernel.codes import is_region

    for area in areas:
        if not is_region(area):
            raise click.UsageError(f"{area} is not a region code")
    click.echo(f"{remove_boundaries(areas, by=_keeper(), at=timezone.now())} removed")


def _keeper() -> "Importer":
    """Whoever runs commands on this machine keeps the areas of all its prefectures."""
    from django.conf import settings

    from shouwang import policy
    from shouwang.domains.areas.queries import prefectures
    from shouwang.domains.areas.services import Importer

    pack = policy.load(settings.PACK)
    post = pack.wiring.posts.machine
    return Importer(actor=None, post=post, pack=pack.version, areas=tuple(prefectures()))


def _report(done: "Brought", as_json: bool) -> None:
    from shouwang.domains.areas.returning import explained

    said = [{"line": one.line, "reason": explained(one)} for one in done.refusals]
    told = {
        "areas": list(done.regions), "corners_before": done.corners_before, "corners_after": done.corners_after,
        "moved_m": round(done.moved_m, 1), "repaired": list(done.repaired),
        "lines": [str(line) for line in done.lines], "refusals": said,
    }  # fmt: skip
    if as_json:
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
        return
    click.echo(
        f"{len(done.regions)} outlines, {len(done.repaired)} repaired; {done.corners_before} corners before, "
        f"{done.corners_after} now; no border moved more than {done.moved_m:.0f} m"
    )
    for row in said:
        click.echo(f"  {row['line']}  {row['reason']}", err=True)


def _give_back(path: Path, done: "Brought") -> None:
    from shouwang.domains.areas.boundaries import kept_out
    from shouwang.domains.areas.boundary_reading import named_fields
    from shouwang.domains.areas.returning import explained

    fields = named_fields(done.features)
    with path.open("w", encoding="utf-8-sig", newline="") as out:
        table = csv.writer(out)
        table.writerow(["feature", *fields, "reason"])
        for one, reasons in kept_out(done):
            why = "; ".join(map(explained, reasons))
            table.writerow([one.line, *(one.words.get(name, "") for name in fields), why])
