"""`shouwang ledger`: verify, prove, publish."""

import json
from pathlib import Path
from typing import Any
from uuid import UUID

import click

from shouwang.config.django_start import with_django


@click.group()
def ledger() -> None:
    """The tamper-evident ledger (存证账)."""


@ledger.command()
@click.option("--county", help="Only this county.")
@click.option(
    "--checkpoint", type=click.Path(exists=True, path_type=Path), help="A checkpoint file held elsewhere."
)
@click.option("--json", "as_json", is_flag=True)
@with_django
def verify(county: str | None, checkpoint: Path | None, as_json: bool) -> None:
    """Find any edit, gap or cut in ledger and sealed rows; exit 1 when there is one."""
    from dataclasses import asdict

    from shouwang.domains.ledger.checkpoints import file_of, read_file
    from shouwang.domains.ledger.queries import counties_with_lines
    from shouwang.domains.ledger.verifying import verify as verify_county

    held = _held(read_file, checkpoint) if checkpoint else []
    named = {str(point["county"]) for point in held}
    counties = [county] if county else sorted({*counties_with_lines(), *named})
    reports = []
    for code in counties:
        own = _held(read_file, file_of(code)) if file_of(code).exists() else []
        reports.append(verify_county(code, held=[*held, *own]))
    if as_json:
        click.echo(json.dumps([asdict(report) for report in reports], ensure_ascii=False))
    else:
        for report in reports:
            _print(report)
    if any(report.faults for report in reports):
        raise SystemExit(1)


def _held(read: Any, path: Path) -> list[dict[str, Any]]:
    try:
        found: list[dict[str, Any]] = read(path)
    except ValueError as error:
        raise click.ClickException(str(error)) from None
    return found


def _print(report: Any) -> None:
    state = "sound" if not report.faults else f"{len(report.faults)} faults"
    click.echo(
        f"{report.county}: {report.sealed} lines sealed, {report.unsealed} waiting, "
        f"{report.rows} rows, {report.checkpoints} checkpoints: {state}"
    )
    for fault in report.faults[:50]:
        click.echo(f"  {fault.what}: {fault.detail}" + (f" (line {fault.line})" if fault.line else ""))


@ledger.command()
@click.argument("line")
@click.option("--json", "as_json", is_flag=True)
@with_django
def prove(line: str, as_json: bool) -> None:
    """Print the proof of a LINE, for the checker in docs/ledger-check.md."""
    from shouwang.domains.ledger.proving import NotSealed
    from shouwang.domains.ledger.proving import prove as prove_line
    from shouwang.domains.ledger.queries import line_by_id

    try:
        found = line_by_id(UUID(line))
    except ValueError:
        raise click.ClickException(f"LINE: {line!r} is not an id") from None
    if found is None:
        raise click.ClickException(f"LINE: {line} is not in the ledger")
    try:
        proof = prove_line(found.county, found.id)
    except NotSealed:
        raise click.ClickException("The line is not sealed yet; the worker does that in a second.") from None
    if as_json:
        click.echo(json.dumps(proof.as_json(), ensure_ascii=False))
        return
    for name, value in proof.as_json().items():
        click.echo(f"{name}: {value}")


@ledger.command()
@click.option("--json", "as_json", is_flag=True)
@with_django
def checkpoint(as_json: bool) -> None:
    """Seal what waits and publish the root of every county; prints what the level above keeps."""
    from django.utils import timezone

    from shouwang.domains.ledger.checkpoints import as_json as plain
    from shouwang.domains.ledger.queries import counties_with_lines, newest_checkpoint
    from shouwang.flows.keep_house import catch_up

    catch_up(now=timezone.now())
    points = [newest_checkpoint(county) for county in counties_with_lines()]
    for point in (plain(p) for p in points if p is not None):
        click.echo(json.dumps(point) if as_json else f"{point['county']} {point['size']} {point['root']}")
