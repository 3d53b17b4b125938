"""Every name a pack uses is one it declares: rows, posts, parameters, states, departments (名称)."""

from collections.abc import Container, Iterator

from shouwang.policy.channel_checks import names_of_channels
from shouwang.policy.checklist_checks import names_of_checklists
from shouwang.policy.duty_checks import names_of_duties
from shouwang.policy.findings import Findings
from shouwang.policy.household_checks import names_of_households
from shouwang.policy.indicator_checks import names_of_indicators
from shouwang.policy.lesson_checks import names_of_lessons
from shouwang.policy.letter_checks import names_of_letters
from shouwang.policy.loop_checks import names_of_loops
from shouwang.policy.manual_checks import names_of_manuals
from shouwang.policy.pack import Pack
from shouwang.policy.record_checks import names_of_records
from shouwang.policy.vocabulary import GRADES
from shouwang.policy.wiring_checks import names_of_wiring


def check_names(pack: Pack, findings: Findings) -> None:
    told = (
        *_rows(pack), *_others(pack), *names_of_duties(pack), *names_of_records(pack), *names_of_indicators(pack),
        *names_of_manuals(pack), *names_of_loops(pack), *names_of_wiring(pack), *names_of_channels(pack),
        *names_of_letters(pack), *names_of_lessons(pack), *names_of_households(pack), *names_of_checklists(pack),
    )  # fmt: skip
    for where, what, name, known in told:
        if name not in known:
            findings.error(where, f"{what} '{name}' does not exist in this pack")
    _clocks(pack, findings)
    _arrows(pack, findings)


def _rows(pack: Pack) -> Iterator[tuple[str, str, str, Container[str]]]:
    rows = pack.rows
    yield from ((f"kinds: {key}", "row", one.row, rows) for key, one in pack.kinds.items())
    yield from ((f"parameters: {key}", "row", one.row, rows) for key, one in pack.parameters.items())
    yield from ((f"pack.yaml: numbers.{row}", "row", row, rows) for row in pack.numbers)
    yield from ((f"pack.yaml: actions.{key}", "row", row, rows) for key, row in pack.actions.items())
    yield from ((f"bases: {key}", "row", row, rows) for key, one in pack.bases.items() for row in one.rows)
    for arrow in pack.transitions:
        yield f"transitions: {arrow.act}", "row", arrow.row, rows
        yield from ((f"transitions: {arrow.act} asks {one.what}", "row", one.row, rows) for one in arrow.asks)
    for key, table in pack.tables.items():
        yield f"tables: {key}", "row", table.clause, rows
        for edition in table.editions:
            yield from ((f"tables: {key} row {line.id}", "row", line.clause, rows) for line in edition.lines)


def _others(pack: Pack) -> Iterator[tuple[str, str, str, Container[str]]]:
    posts = pack.posts
    yield from ((f"parameters: {key}", "keeper", one.keeper, posts) for key, one in pack.parameters.items())
    for key, basis in pack.bases.items():
        where = f"bases: {key}"
        yield from ((where, "parameter", name, pack.parameters) for name in basis.parameters)
        yield from ((where, "keeper", name, posts) for name in (basis.keeper,) if name or basis.wanting)
        yield from ((where, "document", name, pack.bases) for name in (basis.replaced_by,) if name)
    yield from ((f"tables: {key}", "keeper", one.keeper, posts) for key, one in pack.tables.items())
    for key, post in posts.items():
        if post.department is not None:
            yield f"posts: {key}", "department", post.department, pack.departments
        yield from ((f"posts: {key}", "action", name, pack.actions) for name in post.actions)
    for key, row in pack.rows.items():
        yield from ((f"plan: {key}", "screen", screen, pack.screens) for screen in row.screens)
    for arrow in pack.transitions:
        where = f"transitions: {arrow.act}"
        yield from ((where, "state", one, pack.states) for one in (arrow.source, arrow.target) if one)
        yield where, "action", arrow.action, pack.actions


def _clocks(pack: Pack, findings: Findings) -> None:
    for grade in GRADES:
        name = pack.clocks.get(grade)
        if grade not in pack.grades or name is None:
            findings.error("pack.yaml: clocks", f"grade '{grade}' needs a label and a clock")
        elif name not in pack.parameters:
            findings.error(f"pack.yaml: clocks.{grade}", f"parameter '{name}' does not exist in this pack")
        elif pack.parameters[name].unit not in ("hours", "days", "workdays"):
            findings.error(
                f"pack.yaml: clocks.{grade}", f"'{name}' is not counted in hours, days or workdays"
            )
        elif not any(value.is_set for value in pack.parameters[name].values):
            findings.error(
                f"pack.yaml: clocks.{grade}", f"'{name}' has no value, so no case would have a deadline"
            )


def _arrows(pack: Pack, findings: Findings) -> None:
    seen: set[tuple[str | None, str]] = set()
    for arrow in pack.transitions:
        if (arrow.source, arrow.act) in seen:
            findings.error(f"transitions: {arrow.act}", f"leads from '{arrow.source}' to two places")
        seen.add((arrow.source, arrow.act))
    reached = {arrow.target for arrow in pack.transitions}
    for state in pack.states.keys() - reached:
        findings.error(f"pack.yaml: states.{state}", "no transition leads to it")
    if not any(arrow.source is None for arrow in pack.transitions):
        findings.error("transitions.yaml", "no transition opens a case (source: null)")
