"""A value of a pack is one its unit can have, so that an office may adopt it as it stands (取值)."""

from shouwang.policy.findings import Findings
from shouwang.policy.giving import BOUNDS, NotGiven, read_value
from shouwang.policy.pack import Pack
from shouwang.policy.values import Parameter


def check_values(pack: Pack, findings: Findings) -> None:
    for parameter in pack.parameters.values():
        for value in parameter.values:
            if value.value is not None and not _fits(parameter, value.value):
                where = f"parameters: {parameter.id} since {value.since}"
                findings.error(where, f"'{value.value}' is no value in {parameter.unit}{_bounds(parameter)}")


def _fits(parameter: Parameter, value: int | str) -> bool:
    try:
        return read_value(parameter, str(value)) == value
    except NotGiven:
        return False


def _bounds(parameter: Parameter) -> str:
    bounds = BOUNDS.get(parameter.unit)
    return f", from {bounds[0]} to {bounds[1]}" if bounds else ""
