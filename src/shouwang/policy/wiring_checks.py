"""What the code acts on must be there in every pack: the wiring, the tables, the clocks, the sentences (接线检查)."""

from collections.abc import Container, Iterator
from typing import get_args

from msgspec import structs

from shouwang.policy.findings import Findings
from shouwang.policy.pack import Pack
from shouwang.policy.vocabulary import Action, LevelName, Rung

# Tables the rules of hazards ask by name, with the answers they read.
TABLES = {
    "hazard-grade": ("grade", "determine"),
    "hazard-authority": ("department", "level"),
    "industry-regulator": ("department",),
    "whistle-departments": ("department",),
}
HAZARDS = ("hazard.review.percent", "hazard.recheck.workdays", "duplicate.metres.count", "duplicate.days")
WHISTLE = ("arrival.hours", "arrival.workdays", "ruling.workdays", "bounces.count", "returns.count", "table.cases")
# A side loop of a case, and the life of an alarm.
LOOPS = ("summons", "alarm")
ALARM = (
    "callback.seconds", "verify.seconds", "answer.seconds", "again.seconds", "storm.seconds", "storm.count",
    "false.count", "false.days",
)  # fmt: skip
PARAMETERS = (
    "workday.closes", "camera.metres.count", *HAZARDS, *(f"alarm.{one}" for one in ALARM),
    *(f"whistle.{one}" for one in WHISTLE), *(f"ladder.{rung}" for rung in get_args(Rung)),
)  # fmt: skip


def names_of_wiring(pack: Pack) -> Iterator[tuple[str, str, str, Container[str]]]:
    """(where, what, name, what is known) of everything the wiring names."""
    parts = {
        "departments": ("department", pack.departments),
        "posts": ("post", pack.posts),
        "clauses": ("row", pack.rows),
        "duties": ("duty", pack.duties),
        "kinds": ("kind", pack.kinds),
        "channels": ("channel", pack.channels),
        "records": ("record type", pack.records),
    }
    for part, (what, known) in parts.items():
        for name, value in structs.asdict(getattr(pack.wiring, part)).items():
            if value or part != "records":
                yield f"wiring.yaml: {part}.{name}", what, value, known


def check_wiring(pack: Pack, findings: Findings) -> None:
    for action in sorted(set(get_args(Action)) - pack.actions.keys()):
        findings.error("pack.yaml: actions", f"'{action}' needs the row it rests on")
    for level in get_args(LevelName)[:4]:
        if level not in pack.levels:
            findings.error("pack.yaml: levels", f"'{level}' needs a label")
    _levels(pack, findings)
    for name, answers in TABLES.items():
        _table(pack, name, answers, findings)
    for name in LOOPS:
        if name not in pack.loops:
            findings.error("loops", f"'{name}' is missing; the rules ask for it by name")
    if "unknown" not in pack.sites:
        findings.error("sites.yaml", "'unknown' is missing; it stands for a place whose kind nobody stated")
    for name in PARAMETERS:
        if name not in pack.parameters:
            findings.error("parameters", f"'{name}' is missing; the rules ask for it by name")


def _levels(pack: Pack, findings: Findings) -> None:
    """A pack whose prefecture has no grids has no label for them, and nobody who works at that level."""
    used = [(f"posts: {key}", one.level) for key, one in pack.posts.items()]
    used += [(f"duties: {key}", one.bearer.level) for key, one in pack.duties.items()]
    used += [(f"records: {key}", level) for key, one in pack.records.items() for level in one.levels]
    for where, level in used:
        if level not in pack.levels:
            findings.error(where, f"level '{level}' has no label in pack.yaml, so this prefecture has none")


def _table(pack: Pack, name: str, answers: tuple[str, ...], findings: Findings) -> None:
    table = pack.tables.get(name)
    if table is None:
        findings.error("tables", f"'{name}' is missing; the rules ask for it by name")
        return
    for edition in table.editions:
        for lacking in sorted(set(answers) - {one.name for one in edition.outputs}):
            findings.error(f"tables: {name}", f"has no answer '{lacking}'")
