"""Hazards: create and list through the served address, beside disk, bare driver and bare framework."""

import platform
from dataclasses import replace
from datetime import datetime

from django.utils import timezone

from bench import floors
from bench.callers import callers, grids, spread
from bench.measuring import CONNECTIONS, load, statements
from bench.plain import Caller, Measured
from bench.printing import Finding
from bench.seeding import seed
from bench.stage import Stage, say, serving
from shouwang.config.processes import command
from shouwang.flows.sight import pack

PATH = "/api/v1/hazards"
# More than the bare driver does while it is measured: none is done twice.
ACTS = 16_000
LISTS = {
    "grid_member": "list 50 newest: a grid",
    "station_staff": "list 50 newest: a township",
    "county_office": "list 50 newest: a county",
    "dept_officer": "list 50 newest: a department's own",
}


def measure(house: Stage, *, rows: int, seconds: float) -> tuple[dict[str, str], list[Finding]]:
    """Create and list hazards as people's phones and pages do, with `rows` on record."""
    now, regions = timezone.now(), grids()
    people = {kind: callers(kind, spread(regions, CONNECTIONS), now=now) for kind in LISTS}
    seed(house, regions, pack(), rows=rows, now=now)
    ours = _ours(people, seconds)
    findings = _with_floors(house, ours, people["grid_member"], seconds=seconds, now=now)
    about = {
        "machine": f"{platform.machine()}, Python {platform.python_version()}, the client beside the server",
        "web workers": str(floors.WORKERS),
        "connections": f"{CONNECTIONS}, each another person's",
        "hazards on record": f"{rows:,}",
        "background worker": "not running",
    }
    return about, findings


def _ours(people: dict[str, list[Caller]], seconds: float) -> list[Finding]:
    reporters = people["grid_member"]
    found = []
    with serving(*command("serve", "--port", "{port}", "--workers", str(floors.WORKERS)), ready="/") as address:
        for kind, work in LISTS.items():
            say(work)
            found.append(
                Finding(
                    work=work, measured=load(address, PATH, people[kind], seconds=seconds), required=500, aim=900,
                    statements=statements(PATH, people[kind][0]), at_most=3,
                )
            )  # fmt: skip
        say("create")
        made = load(address, PATH, reporters, method="POST", status=201, seconds=seconds)
        body = {
            "region": reporters[0].region, "kind": "exit_blocked", "found_at": "2026-07-01T09:30:00+08:00",
        }  # fmt: skip
        count = statements(PATH, reporters[0], body=body)
    create = Finding(work="create", measured=made, required=500, aim=1000, statements=count, at_most=10)
    return [create, *found]


def _with_floors(
    house: Stage, ours: list[Finding], reporters: list[Caller], *, seconds: float, now: datetime
) -> list[Finding]:
    say("floors: disk, bare driver, bare framework")
    synced = floors.disk(house.home)
    each = ACTS // len(reporters)
    acts = [act for one in reporters for act in floors.acts_of(one, each, now=now)]
    driver = floors.raw(house, acts, seconds=seconds, once=True)
    lists = floors.raw(house, floors.lists_of(reporters, now=now), seconds=seconds, once=False)

    def posted(address: str) -> Measured:
        return load(address, "/hazards", reporters, method="POST", status=201, seconds=seconds)

    def read(address: str) -> Measured:
        return load(address, "/hazards", reporters, seconds=seconds)

    framework, framework_lists = floors.bare(posted), floors.bare(read)
    beside = {
        "same statements, bare driver": driver,
        "one INSERT, bare framework": framework,
        "fsync": synced,
    }
    beside_list = {"same statement, bare driver": lists, "one SELECT, bare framework": framework_lists}
    create, grid, *rest = ours
    return [_beside(create, beside), _beside(grid, beside_list), *rest]


def _beside(one: Finding, beside: dict[str, Measured]) -> Finding:
    return replace(one, floors=beside)
