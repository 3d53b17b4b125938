"""What a benchmark found, as a table for people or as JSON."""

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field

from bench.plain import Measured


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One line of the table. `required` and `aim` are the budget; a floor has none."""

    work: str
    measured: Measured
    unit: str = "/s"
    required: float | None = None
    aim: float | None = None
    statements: int | None = None
    at_most: int | None = None
    floors: dict[str, Measured] = field(default_factory=dict)

    @property
    def holds(self) -> bool:
        rate_holds = self.required is None or (
            self.measured.rate >= self.required if self.unit == "/s" else self.measured.rate <= self.required
        )
        return rate_holds and (
            self.statements is None or self.statements <= (self.at_most or self.statements)
        )


def show(findings: Sequence[Finding], *, as_json: bool, about: dict[str, str]) -> None:
    if as_json:
        told = {"about": about, "findings": [{**asdict(one), "holds": one.holds} for one in findings]}
        print(json.dumps(told, ensure_ascii=False, indent=1))
        return
    for name, value in about.items():
        print(f"{name}: {value}")
    for one in findings:
        print(_line(one))
        for name, floor in one.floors.items():
            print(
                f"    {name:36} {_amount(floor.rate, '/s'):>12}   ours is {one.measured.rate / floor.rate:6.1%} of it"
            )
    if not all(one.holds for one in findings):
        print("Not all budgets hold.", file=sys.stderr)


def _line(one: Finding) -> str:
    parts = [f"{one.work:40} {_amount(one.measured.rate, one.unit):>12}"]
    if one.measured.p50:
        parts.append(f"p50 {one.measured.p50:5.1f} ms, p95 {one.measured.p95:5.1f} ms")
    if one.statements is not None:
        parts.append(f"{one.statements} statements (at most {one.at_most})")
    if one.required is not None:
        aim = f", aim {one.aim:,.0f}" if one.aim else ""
        parts.append(f"required {one.required:,.0f}{aim}: {'holds' if one.holds else 'MISSED'}")
    return "   ".join(parts)


def _amount(rate: float, unit: str) -> str:
    return f"{rate:,.0f} {unit}" if rate >= 100 or unit == "/s" else f"{rate:,.1f} {unit}"
