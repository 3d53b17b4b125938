"""`shouwang policy`: look at the pack, check it, see what it covers, write its pages. Needs no database."""

import dataclasses
import json
import sys
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from shouwang.config.commands.policy_diff import diff
from shouwang.config.commands.policy_signing import sign, verify
from shouwang.config.commands.policy_tables import dry_run, explained
from shouwang.config.commands.policy_values import told, values
from shouwang.policy import Pack
from shouwang.policy.checks import check as check_pack
from shouwang.policy.coverage import coverage as carried_rows
from shouwang.policy.coverage import situations_in, summary
from shouwang.policy.docs import pages
from shouwang.policy.findings import Finding, Findings
from shouwang.policy.loading import PACKS
from shouwang.policy.pack_reading import read
from shouwang.policy.sheet_checks import check_sheet
from shouwang.policy.shipped import USUAL
from shouwang.policy.showing import NotInPack
from shouwang.policy.showing import show as show_thing
from shouwang.policy.spreadsheet import decoded, to_csv
from shouwang.policy.tables import Edition

AS_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
PACK = click.option(
    "--pack", "name", default=USUAL, show_default=True, help="Name of a shipped pack."
)
FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
ON = click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="The day to judge by; today if left out.")
SITUATIONS = click.option(
    "--situations", type=FOLDER, help="Folder of situations (YAML); tests/rules/situations if it is here."
)


@click.group()
def policy() -> None:
    """The policy pack: rows of the plan, parameters, decision tables, duties."""


@policy.command()
@PACK
@click.option("--folder", type=FOLDER, help="A pack somewhere else instead.")
@AS_JSON
def check(name: str, folder: Path | None, as_json: bool) -> None:
    """Say in words what is wrong with a pack; exit 1 if it must not be used."""
    pack, findings = read(folder or PACKS / name)
    found = (*findings, *(check_pack(pack) if pack else ()))
    errors = sum(one.weight == "error" for one in found)
    if as_json:
        _print({"errors": errors, "findings": [_finding(one) for one in found]})
    else:
        _tell(found)
        click.echo(f"{errors} errors, {len(found) - errors} notices")
    sys.exit(1 if errors else 0)


@policy.command()
@PACK
@SITUATIONS
@AS_JSON
def coverage(name: str, situations: Path | None, as_json: bool) -> None:
    """What carries each of the plan's rows."""
    pack = _pack(name)
    lines = carried_rows(pack, _situations(situations))
    # What nobody but us says yet, and who gives it: a place adopts it or enters its own.
    open_ = [one for one in told(pack, date.today()) if one.value.provenance in ("default", "unset")]  # noqa: DTZ011
    if as_json:
        rows = [dataclasses.asdict(one) for one in lines]
        _print({"summary": dict(summary(lines)), "rows": rows, "values": [one.as_json() for one in open_]})
        return
    for one in lines:
        carriers = (
            ("duty", one.duties),
            ("record", one.records),
            ("basis", one.bases),
            ("indicator", one.indicators),
        )
        shown = [what for what, having in carriers if having] or ["-"]
        click.echo(
            f"{one.row:<7}{one.modality:<12}{'+'.join(shown):<16}rules {len(one.rules):<3}"
            f"screens {len(one.screens):<3}situations {len(one.situations)}"
        )
    click.echo(", ".join(f"{number} {what}" for what, number in summary(lines).items()))
    for line in open_:
        click.echo(line.as_text())


for command in (values, diff, sign, verify, explained, dry_run):
    policy.add_command(command)


@policy.command()
@click.argument("id")
@PACK
@ON
@AS_JSON
def show(id: str, name: str, on: datetime | None, as_json: bool) -> None:  # noqa: A002
    """One row, parameter, table, kind, post or duty by its id, as it stands on a day."""
    try:
        found = show_thing(_pack(name), id, on=on.date() if on else date.today())  # noqa: DTZ011
    except NotInPack as error:
        raise click.ClickException(str(error)) from None
    if as_json:
        _print(found)
        return
    for key, value in found.items():
        shown = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
        click.echo(f"{key:<12}{shown}")


@policy.command()
@PACK
@SITUATIONS
@click.option(
    "--out", default="docs/policy", type=click.Path(file_okay=False, path_type=Path), show_default=True
)
@AS_JSON
def docs(name: str, situations: Path | None, out: Path, as_json: bool) -> None:
    """Write the pages of docs/policy."""
    pack = _pack(name)
    written = pages(pack, carried_rows(pack, _situations(situations)))
    out.mkdir(parents=True, exist_ok=True)
    for file, text in written.items():
        (out / file).write_text(text, encoding="utf-8")
    if as_json:
        _print({"folder": str(out), "files": list(written)})
    else:
        click.echo(f"{len(written)} pages in {out}")


@policy.command()
@click.argument("id")
@click.option(
    "--sheet", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Check this sheet."
)
@PACK
@ON
@AS_JSON
def table(*, id: str, sheet: Path | None, name: str, on: datetime | None, as_json: bool) -> None:  # noqa: A002
    """A decision table as a CSV sheet; with --sheet, check an edited one before it goes into the pack."""
    pack = _pack(name)
    edition = _edition(pack, id, on)
    if sheet is None:
        text = to_csv(edition)
        _print({"id": id, "sheet": text}) if as_json else click.echo(text, nl=False)
        return
    findings = Findings()
    check_sheet(pack.tables[id], edition, decoded(sheet.read_bytes()), findings, pack=pack)
    if as_json:
        _print({"findings": [_finding(one) for one in findings.kept]})
    else:
        _tell(tuple(findings.kept))
    sys.exit(1 if any(one.weight == "error" for one in findings.kept) else 0)


def _finding(one: Finding) -> dict[str, str]:
    return {"where": one.where, "text": one.text, "weight": one.weight}


def _edition(pack: Pack, id: str, on: datetime | None) -> Edition:  # noqa: A002
    if id not in pack.tables:
        raise click.ClickException(f"there is no table '{id}'; there are {', '.join(pack.tables)}")
    found = pack.tables[id].edition(on.date() if on else date.today())  # noqa: DTZ011
    if found is None:
        raise click.ClickException(f"on: table '{id}' is not in force on that day; name another with --on")
    return found


def _pack(name: str) -> Pack:
    pack, findings = read(PACKS / name)
    if pack is None:
        _tell(findings)
        raise click.ClickException(f"pack: '{name}' cannot be read")
    return pack


def _situations(folder: Path | None) -> dict[str, tuple[str, ...]]:
    here = folder or Path("tests/rules/situations")
    return dict(situations_in(here)) if here.is_dir() else {}


def _tell(findings: tuple[Finding, ...]) -> None:
    for one in findings:
        click.echo(f"{one.weight:<7} {one.where}: {one.text}", err=one.weight == "error")


def _print(value: Any) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, indent=2, default=str))
