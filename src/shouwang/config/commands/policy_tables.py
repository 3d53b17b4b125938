"""`shouwang policy explain`, `dry-run`: why a table answers as it does, and what a changed one would have said."""

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from shouwang.config.django_start import with_django
from shouwang.policy import load
from shouwang.policy.explaining import RowTold, explain
from shouwang.policy.findings import Findings
from shouwang.policy.local_tables import read_edition
from shouwang.policy.pack import Pack
from shouwang.policy.spreadsheet import decoded
from shouwang.policy.tables import Table, UnfitFact
from shouwang.rules.replaying import Verdict

DAY = click.DateTime(["%Y-%m-%d"])
SIGNS = {True: "yes", False: "no", None: "?"}


@click.command("explain")
@click.argument("table")
@click.argument("facts", nargs=-1, metavar="NAME=VALUE...")
@click.option("--county", help="Code of a county or prefecture, with the tables it adopted.")
@click.option("--on", type=DAY, help="The day to judge by; today if left out.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@with_django
def explained(
    *, table: str, facts: tuple[str, ...], county: str | None, on: datetime | None, as_json: bool
) -> None:
    """Every row of TABLE against the facts: which one answers, and which cell keeps another from it."""
    from django.utils import timezone

    from shouwang.flows.sight import pack as current_pack
    from shouwang.flows.sight import pack_for

    day = on.date() if on else timezone.localdate()
    pack = pack_for(county, now=timezone.now()) if county else current_pack()
    found = _table(pack, table)
    try:
        told = explain(found, _stated(found, facts, day), day)
    except UnfitFact as unfit:
        raise click.BadParameter(unfit.reason, param_hint=unfit.field) from None
    words = [pack.explain(reason, "zh") for reason in told.match.reasons]
    if as_json:
        rows = [_as_json(row) for row in told.rows]
        body = {"table": table, "on": day, "answers": dict(told.match.outputs), "reasons": words, "rows": rows}
        click.echo(json.dumps(body, ensure_ascii=False, indent=2, default=str))
        return
    for row in told.rows:
        click.echo(_line(row))
    click.echo("; ".join(f"{name} = {value}" for name, value in told.match.outputs.items()) or "no answer")
    for text in words:
        click.echo(text)


@click.command("dry-run")
@click.argument("table")
@click.option(
    "--sheet", required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The changed table, as `policy table` prints it.",
)  # fmt: skip
@click.option("--county", required=True, help="Code of the county or prefecture whose cases are judged.")
@click.option("--days", default=365, show_default=True, help="How far back.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@with_django
def dry_run(*, table: str, sheet: Path, county: str, days: int, as_json: bool) -> None:
    """Judge past cases by a changed TABLE and say which come out otherwise; nothing is written."""
    from django.utils import timezone

    from shouwang.flows.replay_table import replay_table

    now, text = timezone.now(), decoded(sheet.read_bytes())
    findings = Findings()
    pack, today = load(), timezone.localdate()
    read_edition(_table(pack, table), text, since=today, findings=findings, pack=pack)
    for one in findings.kept:
        click.echo(f"{one.weight}   {one.where}: {one.text}", err=True)
    if findings.refused:
        raise SystemExit(1)
    found = replay_table(county, table, text, now=now, days=days)
    moves = [(_told(old), _told(new), n) for (old, new), n in found.moves.items()]
    if as_json:
        body: dict[str, Any] = {
            "judged": found.judged, "changed": found.changed, "without_place": found.silent,
            "moves": [{"before": old, "after": new, "cases": n} for old, new, n in moves],
            "shown": [one.code for one in found.shown],
        }  # fmt: skip
        click.echo(json.dumps(body, ensure_ascii=False, indent=2))
        return
    for old, new, n in moves:
        click.echo(f"{n:>6}  {old}  ->  {new}")
    for one in found.shown:
        click.echo(f"        {one.code}  {one.on}")
    click.echo(f"{found.judged} cases judged, {found.changed} come out otherwise, {found.silent} named no place")


def _table(pack: Pack, name: str) -> Table:
    if name not in pack.tables:
        raise click.ClickException(f"there is no table '{name}'; there are {', '.join(pack.tables)}")
    return pack.tables[name]


def _stated(table: Table, facts: tuple[str, ...], day: date) -> dict[str, object]:
    edition = table.edition(day)
    kinds = {one.name: one.type for one in edition.inputs} if edition else {}
    found: dict[str, object] = {}
    for fact in facts:
        name, sign, text = fact.partition("=")
        if not sign or name not in kinds:
            raise click.BadParameter(f"'{fact}' is none of {', '.join(kinds) or 'no columns'}", param_hint="NAME=VALUE")
        match kinds[name]:
            case "bool" if text in ("yes", "no"):
                found[name] = text == "yes"
            case "int" if text.lstrip("-").isdigit():
                found[name] = int(text)
            case _:
                found[name] = text
    return found


def _line(row: RowTold) -> str:
    against = [f"{c.name}: {c.stated} is not {c.wanted}" for c in row.cells if c.holds is False]
    missing = [f"{c.name} is not stated" for c in row.cells if c.holds is None]
    sign = "->" if row.answers else "  "
    return f"{sign} {SIGNS[row.fits]:<4}{row.line.id:<24}{'; '.join(against or missing)}"


def _as_json(row: RowTold) -> dict[str, Any]:
    cells = [{"name": c.name, "wanted": c.wanted, "stated": c.stated, "holds": c.holds} for c in row.cells]
    return {"row": row.line.id, "fits": row.fits, "answers": row.answers, "cells": cells}


def _told(verdict: Verdict) -> str:
    over = f" under {verdict.supervisor}" if verdict.supervisor else ""
    return f"{verdict.grade}, {verdict.department} at {verdict.level}{over}"
