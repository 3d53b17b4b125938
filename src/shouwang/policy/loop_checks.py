"""What is wrong with the side loops of a pack, in words: unknown states, two ways for one act, no end (分支流程)."""

from collections.abc import Container, Iterator

from shouwang.policy.findings import Findings
from shouwang.policy.loop_shapes import Loop, LoopArrow
from shouwang.policy.need_checks import check_asked
from shouwang.policy.pack import Pack
from shouwang.policy.text import Text


def names_of_loops(pack: Pack) -> Iterator[tuple[str, str, str, Container[str]]]:
    """(where, what, name, what is known) of everything a loop names."""
    for key, loop in pack.loops.items():
        yield f"loops: {key}", "row", loop.row, pack.rows
        for arrow in loop.arrows:
            where = _where(key, arrow)
            yield where, "row", arrow.row, pack.rows
            yield from ((where, "row", one.row, pack.rows) for one in arrow.asks)
            yield from ((where, "state", one, loop.states) for one in (arrow.source, arrow.target) if one)


def texts_of_loops(pack: Pack) -> Iterator[tuple[str, Text]]:
    for key, loop in pack.loops.items():
        where = f"loops: {key}"
        yield f"{where}.label", loop.label
        yield from ((f"{where}.{name}", text) for name, text in (loop.states | loop.reasons).items())
        for arrow in loop.arrows:
            yield _where(key, arrow), arrow.label
            yield from ((f"{_where(key, arrow)} asks {one.what}", one.why) for one in arrow.asks if one.why)


def check_loops(pack: Pack, findings: Findings) -> None:
    for key, loop in pack.loops.items():
        _ways(key, loop, findings)
        for arrow in loop.arrows:
            for asked in arrow.asks:
                check_asked(_where(key, arrow), asked, findings)
            if "listed" in arrow.guards and not loop.reasons:
                findings.error(_where(key, arrow), "asks for a reason from a list, and there is no list")


def _ways(key: str, loop: Loop, findings: Findings) -> None:
    seen: set[tuple[str | None, str]] = set()
    words: dict[str, Text] = {}
    for arrow in loop.arrows:
        where = _where(key, arrow)
        if (arrow.source, arrow.act) in seen:
            findings.error(where, f"leads from '{arrow.source}' to two places")
        seen.add((arrow.source, arrow.act))
        if words.setdefault(arrow.act, arrow.label) != arrow.label:
            findings.error(where, "is called otherwise elsewhere: one act has one word")
    reached = {arrow.target for arrow in loop.arrows}
    for state in loop.states.keys() - reached:
        findings.error(f"loops: {key}.{state}", "no arrow leads to it")
    if not any(arrow.source is None for arrow in loop.arrows):
        findings.error(f"loops: {key}", "no arrow opens it (source: null)")
    if not loop.ends:
        findings.error(f"loops: {key}", "has no state in which it ends")


def _where(key: str, arrow: LoopArrow) -> str:
    return f"loops: {key}: {arrow.act} from {arrow.source or 'nothing'}"
