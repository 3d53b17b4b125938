"""`shouwang policy values`: every value in force in a place, where each comes from, and who gives what is missing."""

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import click

from shouwang.config.django_start import with_django
from shouwang.kernel.codes import is_region
from shouwang.policy import Pack
from shouwang.policy.values import Parameter, Value


@dataclass(frozen=True, kw_only=True)
class Told:
    """One value as it is printed."""

    parameter: Parameter
    value: Value
    keeper: str

    def as_json(self) -> dict[str, Any]:
        value = self.value
        return {
            "parameter": self.parameter.id,
            "label": self.parameter.label.zh,
            "row": self.parameter.row,
            "unit": self.parameter.unit,
            "value": value.value,
            "provenance": value.provenance,
            "source": value.source,
            "since": value.since,
            "signer": value.signer,
            "signed_on": value.signed_on,
            "keeper": self.parameter.keeper,
        }

    def as_text(self) -> str:
        shown = "-" if self.value.value is None else f"{self.value.value} {self.parameter.unit}"
        owing = {"default": "to adopt", "unset": "to enter"}.get(self.value.provenance)
        giver = f"for {self.parameter.keeper} ({self.keeper}) {owing}" if owing else ""
        origin = "; ".join(part for part in (self.value.source, giver) if part)
        return f"{self.value.provenance:<9}{self.parameter.id:<36}{shown:<18}{self.parameter.row:<7}{origin}"


def told(pack: Pack, on: date) -> list[Told]:
    return [
        Told(parameter=one, value=one.on(on), keeper=pack.keeper_of(name).label.zh)
        for name, one in pack.parameters.items()
    ]


@click.command()
@click.option("--county", required=True, help="Code of a county, or of a prefecture for its own offices.")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="The day to look at; today if left out.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@with_django
def values(*, county: str, on: datetime | None, as_json: bool) -> None:
    """Every value in force in a county on a day, with its provenance and who gives what is missing."""
    from django.utils import timezone

    from shouwang.flows.sight import pack_of

    if not is_region(county) or len(county) != 6:
        raise click.BadParameter(f"{county} is not the code of a county or prefecture", param_hint="--county")
    pack = pack_of(county, now=timezone.now())
    day = on.date() if on else timezone.localdate()
    found = told(pack, day)
    if as_json:
        body = {"county": county, "on": day, "pack": pack.version, "values": [one.as_json() for one in found]}
        click.echo(json.dumps(body, ensure_ascii=False, indent=2, default=str))
        return
    for one in found:
        click.echo(one.as_text())
    open_ = sum(one.value.provenance in ("default", "unset") for one in found)
    click.echo(f"{len(found)} values on {day} in {county}, {open_} only suggested or given by nobody")
