"""`script/bench NAME`: each benchmark in a throw-away installation of its own."""

from collections.abc import Callable
from importlib import import_module
from typing import Any

import click

from bench.printing import show
from bench.stage import stage

SHARED = (
    click.option("--rows", default=10_000, show_default=True, help="Hazards on record before the run."),
    click.option("--seconds", default=5.0, show_default=True, help="How long each measurement lasts."),
    click.option("--json", "as_json", is_flag=True, help="Print the result as JSON."),
)


@click.group()
def main() -> None:
    """Measure against the budgets of docs/architecture.md, beside the floors of the same run."""


def benchmark(name: str, says: str) -> None:
    """A command that runs `measure` of bench/NAME.py once Django has started."""

    def run(rows: int, seconds: float, as_json: bool) -> None:
        with stage() as house:
            about, findings = import_module(f"bench.{name}").measure(house, rows=rows, seconds=seconds)
        show(findings, as_json=as_json, about=about)
        if not all(one.holds for one in findings):
            raise SystemExit(1)

    command: Callable[..., Any] = run
    for option in reversed(SHARED):
        command = option(command)
    main.command(name, help=says)(command)


benchmark("hazards", "Create and list hazards through the served address.")
benchmark("counts", "Counts by state and area of the prefecture, beside a recount.")
benchmark("duties", "A prefecture-day of duties, whole and after new evidence.")
benchmark("outbox", "A thousand items on one phone, kept, listed and handed in.")
benchmark("phones", "Two thousand phones that find the network again within ten minutes.")
benchmark("gateway", "Alarms stored, then acknowledged; idle connections; others that pester.")

benchmark("live", "Two hundred open pages beside the web worker, idle and while alarms ring.")


@main.command()
@click.option("--frames", default=1_000_000, show_default=True)
@click.option("--workers", default=2, show_default=True)
def fuzz(frames: int, workers: int) -> None:
    """Random and mutated frames of the alarm wire."""
    from bench.fuzz import tell

    if not tell(frames, workers=workers):
        raise SystemExit(1)


@main.command()
@click.option("--times", default=20, show_default=True)
@click.option("--seed", default=26875, show_default=True)
def kills(times: int, seed: int) -> None:
    """Kill gateway, live, worker and PostgreSQL at random moments under load, and account for every alarm."""
    with stage() as house:
        from bench.kills import tell

        if not tell(house, times=times, seed=seed):
            raise SystemExit(1)

if __name__ == "__main__":
    main()
