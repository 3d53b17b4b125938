"""`shouwang calendar`: the notice of days off of a year, and which years are official."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from shouwang.config.django_start import with_django

if TYPE_CHECKING:
    from shouwang.flows.import_calendar import Imported

AS_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
PREFECTURE = click.option(
    "--prefecture", default="", help="Code of the prefecture; the only one if left out."
)


@click.group()
def calendar() -> None:
    """The calendar of working days: official years, make-up workdays."""


@calendar.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--year", required=True, type=click.IntRange(2004, 2100), help="The year the notice is about.")
@click.option("--number", required=True, help="Document number of the notice, e.g. 国办发明电〔2026〕7号.")
@PREFECTURE
@AS_JSON
@with_django
def bring_in(*, file: Path, year: int, number: str, prefecture: str, as_json: bool) -> None:
    """Enter the notice of a year: a CSV table of `day,kind`, kind being rest or work (休, 班).

    Deadlines that crossed the year are counted anew; each that moved is listed. Twice is as good as once.
    """
    from django.utils import timezone

    from shouwang.flows.import_calendar import Entered, import_calendar
    from shouwang.flows.refusal import Unfit

    entered = Entered(region=_office(prefecture), year=year, number=number, content=file.read_bytes())
    try:
        done = import_calendar(entered, actor=None, now=timezone.now())
    except Unfit as unfit:
        _refuse(unfit.fields, as_json)
        sys.exit(1)
    _report(done, _duties_moved(done), as_json)


@calendar.command()
@PREFECTURE
@AS_JSON
@with_django
def years(prefecture: str, as_json: bool) -> None:
    """Which years are official, by which notice; all later ones are provisional."""
    from shouwang.flows.working_days import known_notices, workdays_of

    office = _office(prefecture)
    numbers = {one.year: one.number for one in known_notices(office)}
    found = [
        {"year": year, "rest": len(days.rest), "work": len(days.work), "notice": numbers.get(year, "shipped")}
        for year, days in sorted(workdays_of(office).official.items())
    ]
    if as_json:
        _print({"prefecture": office, "years": found})
        return
    for one in found:
        click.echo("{year}  {rest:>3} off  {work:>2} made up  {notice}".format(**one))
    click.echo(f"from {int(str(found[-1]['year'])) + 1} on provisional")


def _office(code: str) -> str:
    from shouwang.domains.areas.queries import prefectures

    known = prefectures()
    if code and code not in known:
        raise click.BadParameter(f"{code} is no prefecture of this installation", param_hint="--prefecture")
    if not code and len(known) != 1:
        raise click.UsageError("name the prefecture with --prefecture")
    return code or known[0]


def _duties_moved(done: "Imported") -> list[dict[str, str]]:
    from django.utils import timezone

    from shouwang.domains.duties.redating import moved_by
    from shouwang.flows.sight import counties_within

    return [
        {
            "region": one.region,
            "duty": one.duty,
            "period": one.period,
            "before": timezone.localtime(one.before).isoformat(),
            "after": timezone.localtime(one.after).isoformat(),
        }
        for one in moved_by(counties_within([done.region]), done.id, limit=10_000)
    ]


def _report(done: "Imported", duties: list[dict[str, str]], as_json: bool) -> None:
    from django.utils import timezone

    cases = [
        {
            "case": one.code,
            "region": one.region,
            "before": timezone.localtime(one.before).isoformat(),
            "after": timezone.localtime(one.after).isoformat(),
        }
        for one in done.cases
    ]
    told = {"id": str(done.id), "replayed": done.replayed, "rest": done.rest, "work": done.work}
    if as_json:
        _print(told | {"cases": cases, "duties": duties})
        return
    again = " (entered before)" if done.replayed else ""
    click.echo(f"{done.rest} days off, {done.work} weekends worked{again}")
    for one in (*cases, *duties):
        named = one.get("case") or f"{one['duty']} {one['period']}".strip()
        click.echo(f"  {one['region']}  {named}  {one['before'][:10]} -> {one['after'][:10]}")
    click.echo(f"{len(cases)} hazards and {len(duties)} duties have another deadline or a sure one")


def _refuse(faults: dict[str, str], as_json: bool) -> None:
    if as_json:
        _print({"faults": faults})
        return
    for text in faults.values():
        click.echo(text, err=True)


def _print(value: Any) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))
