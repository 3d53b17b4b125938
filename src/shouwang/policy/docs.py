"""The pages of docs/policy, written from the pack so that they cannot say anything else (文档)."""

from collections.abc import Mapping

from shouwang.policy.coverage import Carried
from shouwang.policy.duty_telling import deadline_of, met_by, opened_by
from shouwang.policy.indicator_pages import indicators_page
from shouwang.policy.loop_pages import loop_pages
from shouwang.policy.manual_docs import manuals_page
from shouwang.policy.pack import Pack
from shouwang.policy.paging import heading, table
from shouwang.policy.provenances import PROVENANCES
from shouwang.policy.record_pages import records_page
from shouwang.policy.table_pages import table_pages
from shouwang.policy.text import Text
from shouwang.policy.values import Value


def pages(pack: Pack, lines: tuple[Carried, ...]) -> Mapping[str, str]:
    """File name → content."""
    return {
        "README.md": _index(pack),
        "rows.md": _rows(pack),
        "parameters.md": _parameters(pack),
        "hazard-loop.md": _loop(pack),
        "duties.md": _duties(pack),
        "records.md": records_page(pack),
        "indicators.md": indicators_page(pack),
        "posts.md": _posts(pack),
        "manuals.md": manuals_page(pack),
        "coverage.md": _coverage(pack, lines),
        **loop_pages(pack),
        **table_pages(pack),
    }


def three(text: Text) -> str:
    return f"{text.zh}<br>{text.ko}<br>{text.en}"


def _index(pack: Pack) -> str:
    files = {
        "rows.md": "条目 · rows of the plan in our own words",
        "parameters.md": "参数 · numbers and where each comes from",
        "hazard-loop.md": "隐患闭环 · states and transitions",
        "duties.md": "职责 · duties",
        "records.md": "台账 · record types with their fields and papers",
        "indicators.md": "指标 · indicators",
        "posts.md": "岗位 · posts and what they may do",
        "manuals.md": "操作手册 · pages of the manual",
        "coverage.md": "覆盖 · what carries each row",
    }
    files |= {
        f"table-{key}.md": f"判定表 · {one.label.zh} · {one.label.en}" for key, one in pack.tables.items()
    }
    files |= {f"loop-{key}.md": f"{one.label.zh} · {one.label.en}" for key, one in pack.loops.items()}
    listed = "\n".join(f"- [{words}]({name})" for name, words in files.items())
    legend = table(("provenance", "中文", "한국어"), ((k, t.zh, t.ko) for k, t in PROVENANCES.items()))
    bases = table(
        ("文件", "number", "in force", "rows", "待录入"),
        (
            (b.title.zh, b.number, _span(b.since, b.until) + b.status, ", ".join(b.rows),
             b.wanting.zh if b.wanting else "")
            for b in pack.bases.values()
        ),
    )  # fmt: skip
    title = heading(pack.title.zh, "Written by `shouwang policy docs`; change the pack, not these pages.")
    return f"{title}\n{listed}\n\n## Provenance\n\n{legend}\n## Bases\n\n{bases}"


def _span(since: object, until: object) -> str:
    return f"{since or ''}–{until or ''} " if since or until else ""


def _rows(pack: Pack) -> str:
    told = [row for row in pack.rows.values() if row.title and row.text]
    body = table(
        ("row", "clause", "", "title", "text"),
        (
            (row.id, row.where.zh, row.modality, three(row.title), three(row.text))
            for row in told
            if row.title and row.text
        ),
    )
    return heading("条目", f"{len(told)} of {len(pack.rows)} rows have words so far.") + body


def _parameters(pack: Pack) -> str:
    body = table(
        ("id", "", "unit", "row", "value", "provenance", "source", "to enter"),
        (
            (key, three(one.label), one.unit, one.row, _value(value), PROVENANCES[value.provenance].zh,
             _origin(value), pack.posts[one.keeper].label.zh)
            for key, one in pack.parameters.items()
            for value in one.values
        ),
    )  # fmt: skip
    return (
        heading(
            "参数", "A default is ours and never the plan's; an unset value is for the post named to enter."
        )
        + body
    )


def _value(value: Value) -> str:
    return f"{'—' if value.value is None else value.value} (since {value.since})"


def _origin(value: Value) -> str:
    return f"{value.source} [{value.mark}]" if value.mark else value.source


def _loop(pack: Pack) -> str:
    arrows = "\n".join(
        f"  {t.source or '[*]'} --> {t.target}: {t.label.zh} ({t.act})" for t in pack.transitions
    )
    ends = "\n".join(
        f"  {state} --> [*]" for state in pack.states if all(t.source != state for t in pack.transitions)
    )
    names = "\n".join(f"  {state}: {text.zh}" for state, text in pack.states.items())
    body = table(
        ("from", "act", "to", "action", "guards", "row", "asks, and why"),
        (
            (t.source or "", f"{t.label.zh} · {t.label.ko} · {t.act}", t.target, t.action,
             ", ".join(t.guards), t.row,
             "<br>".join(f"{one.what}: {one.why.zh}" for one in t.asks if one.why))
            for t in pack.transitions
        ),
    )  # fmt: skip
    chart = f"```mermaid\nstateDiagram-v2\n{names}\n{arrows}\n{ends}\n```\n\n"
    return heading("隐患闭环", "The hazard loop as the software runs it.") + chart + body


def _duties(pack: Pack) -> str:
    body = table(
        ("id", "", "row", "bearer", "opened by", "met by", "deadline", "verifier", "late entry"),
        (
            (key, three(d.label), ", ".join(d.rows_served), pack.levels[d.bearer.level].zh, opened_by(d),
             met_by(d), deadline_of(d), pack.posts[d.verifier].label.zh, "counts" if d.late_entry else "late")
            for key, d in pack.duties.items()
        ),
    )  # fmt: skip
    return heading("职责", "A duty is met by real records, never by ticking a box.") + body


def _posts(pack: Pack) -> str:
    body = table(
        ("id", "", "level", "may"),
        (
            (k, three(p.label), pack.levels[p.level].zh, ", ".join(sorted(p.actions)))
            for k, p in pack.posts.items()
        ),
    )
    return heading("岗位", "What is not listed is denied.") + body


def _coverage(pack: Pack, lines: tuple[Carried, ...]) -> str:
    body = table(
        ("row", "", "duty", "record", "basis", "indicator", "rules", "screens", "situations"),
        (
            (one.row, one.modality, ", ".join(one.duties), ", ".join(one.records), ", ".join(one.bases),
             ", ".join(one.indicators), ", ".join(one.rules), ", ".join(one.screens), "<br>".join(one.situations))
            for one in lines
        ),
    )  # fmt: skip
    carried = sum(one.is_carried for one in lines)
    return (
        heading("覆盖", f"{carried} of {len(lines)} rows are carried by a duty, record, basis or indicator.")
        + body
    )
