"""One page for each decision table, as an officer would check it (判定表)."""

from collections.abc import Mapping

from shouwang.policy.pack import Pack
from shouwang.policy.paging import heading, table
from shouwang.policy.tables import Edition, Line, Table

HITS = {
    "U": "U: exactly one row fits · 有且只有一行适用",
    "F": "F: the first row that fits · 自上而下第一行适用",
    "C": "C: every row that fits · 适用的各行都算",
}


def table_pages(pack: Pack) -> Mapping[str, str]:
    return {f"table-{key}.md": _page(pack, one) for key, one in pack.tables.items()}


def _page(pack: Pack, one: Table) -> str:
    title = heading(
        f"{one.label.zh} · {one.label.ko} · {one.label.en}", f"Row {one.clause}. {HITS[one.hit]}."
    )
    return title + "\n".join(_edition(pack, one, edition) for edition in one.editions)


def _edition(pack: Pack, one: Table, edition: Edition) -> str:
    until = f" until {edition.until}" if edition.until else ""
    head = f"## Since {edition.since}{until} {edition.source}".rstrip() + "\n\n"
    if edition.unset:
        return f"{head}**未录入 · not entered.** To enter: {pack.posts[one.keeper].label.zh}.\n"
    asked = [column.label.zh for column in edition.inputs]
    answers = [f"→ {column.label.zh}" for column in edition.outputs]
    columns = ("", *asked, *answers, "row", "provenance", "source", "")
    return head + table(columns, (_line(edition, line) for line in edition.lines))


def _line(edition: Edition, line: Line) -> tuple[str, ...]:
    cells = [line.cells[column.name].text for column in edition.inputs]
    answers = [str(line.then[column.name]) for column in edition.outputs]
    source = f"{line.source} [{line.mark}]" if line.mark else line.source
    return (line.id, *cells, *answers, line.clause, line.provenance, source, line.note.zh)
