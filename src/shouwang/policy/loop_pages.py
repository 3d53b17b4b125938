"""The pages of the side loops: a diagram and a table, from the same arrows the software runs (分支流程图)."""

from collections.abc import Mapping

from shouwang.policy.loop_shapes import Loop
from shouwang.policy.pack import Pack
from shouwang.policy.paging import heading, table


def loop_pages(pack: Pack) -> Mapping[str, str]:
    """File name → content."""
    return {f"loop-{key}.md": _page(loop) for key, loop in pack.loops.items()}


def _page(loop: Loop) -> str:
    names = "\n".join(f"  {state}: {text.zh}" for state, text in loop.states.items())
    arrows = "\n".join(
        f"  {one.source or '[*]'} --> {one.target}: {one.label.zh} ({one.act})" for one in loop.arrows
    )
    ends = "\n".join(f"  {state} --> [*]" for state in loop.ends)
    body = table(
        ("from", "act", "to", "by", "guards", "row", "asks, and why"),
        (
            (one.source or "", f"{one.label.zh} · {one.label.ko} · {one.act}", one.target, one.by,
             ", ".join(one.guards), one.row,
             "<br>".join(f"{asked.what}: {asked.why.zh}" for asked in one.asks if asked.why))
            for one in loop.arrows
        ),
    )  # fmt: skip
    listed = table(("reason", "中文", "한국어"), ((k, t.zh, t.ko) for k, t in loop.reasons.items()))
    reasons = f"\n## 理由\n\n{listed}" if loop.reasons else ""
    chart = f"```mermaid\nstateDiagram-v2\n{names}\n{arrows}\n{ends}\n```\n\n"
    return heading(loop.label.zh, f"{loop.label.en}, as the software runs it.") + chart + body + reasons
