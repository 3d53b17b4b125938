"""`shouwang duties`: from which day on the bodies of a county answer for what they owe."""

import json
from datetime import datetime

import click

from shouwang.config.django_start import with_django


@click.group()
def duties() -> None:
    """Duties (职责)."""


@duties.command()
@click.argument("county")
@click.argument("day", type=click.DateTime(["%Y-%m-%d"]))
@click.option("--json", "as_json", is_flag=True)
@with_django
def since(county: str, day: datetime, as_json: bool) -> None:
    """Judge the bodies of COUNTY from DAY on; an earlier day brings the time before back (起算日).

    The worker judges anew within a minute. Nothing that was entered changes.
    """
    from django.utils import timezone

    from shouwang.domains.areas.queries import counties
    from shouwang.flows.judge_duties import owed_since

    now = timezone.now()
    if county not in counties():
        raise click.BadParameter(f"{county} is no county of this installation", param_hint="COUNTY")
    if day.date() > timezone.localdate(now):
        raise click.BadParameter(f"{day.date()} has not come yet", param_hint="DAY")
    owed_since(county, day.date(), now=now)
    told = {"county": county, "since": day.date().isoformat()}
    click.echo(json.dumps(told) if as_json else f"{county} answers from {told['since']} on.")
