"""What is wrong with the letters of a pack: strange names, numbers that would not differ, arrows from nowhere."""

from collections.abc import Container, Iterator

from shouwang.policy.findings import Findings
from shouwang.policy.pack import Pack
from shouwang.policy.record_shapes import RECORD

FILLED = ("word", "year", "serial")


def names_of_letters(pack: Pack) -> Iterator[tuple[str, str, str, Container[str]]]:
    """(where, what, name, what is known) of everything a letter names."""
    known = {*pack.evidence, *(one.evidence for one in pack.records.values())}
    for key, kind in pack.letters.items():
        where = f"letters: {key}"
        yield where, "row", kind.row, pack.rows
        for side, posts in kind.side_posts.items():
            yield from ((where, f"{side} post", post, pack.posts) for post in posts)
        yield from ((where, "post", post, pack.posts) for post in (kind.to,) if post)
        yield from ((where, "parameter", name, pack.parameters) for name in (kind.reply,) if name)
        yield from ((where, "evidence", one, known) for said in kind.announces.values() for one in said)
        yield from ((where, "act", act, {arrow.act for arrow in pack.letter_arrows}) for act in kind.announces)
    for arrow in pack.letter_arrows:
        yield f"letter_transitions: {arrow.act}", "row", arrow.row, pack.rows


def check_letters(pack: Pack, findings: Findings) -> None:
    for key, kind in pack.letters.items():
        where = f"letters: {key}"
        if missing := [name for name in FILLED if "{" + name + "}" not in kind.number]:
            findings.error(where, f"its number leaves out {', '.join(missing)}, so two letters could bear the same")
        if kind.answer != "none" and not kind.reply:
            findings.error(where, "is to be answered and names no clock for it")
        _evidence(where, kind.announces, pack, findings)
    _arrows(pack, findings)


def _evidence(where: str, announces: dict[str, tuple[str, ...]], pack: Pack, findings: Findings) -> None:
    for name in (one for said in announces.values() for one in said):
        kind = pack.evidence.get(name)
        if kind is not None and kind.room != "letters" and not name.startswith(RECORD):
            findings.error(where, f"announces '{name}', which the room {kind.room} announces")


def _arrows(pack: Pack, findings: Findings) -> None:
    """Every state is reached from the draft, and nothing is told twice for the same way of answering."""
    seen: set[tuple[str | None, str, str]] = set()
    for arrow in pack.letter_arrows:
        for answer in arrow.only or ("answer", "hold", "decide", "none"):
            if (arrow.source, arrow.act, answer) in seen:
                findings.error(f"letter_transitions: {arrow.act}", f"from '{arrow.source}' stands twice for {answer}")
            seen.add((arrow.source, arrow.act, answer))
    reached: set[str | None] = {None}
    before = 0
    while len(reached) > before:
        before = len(reached)
        reached |= {arrow.target for arrow in pack.letter_arrows if arrow.source in reached}
    for arrow in pack.letter_arrows:
        if arrow.source not in reached:
            findings.error(f"letter_transitions: {arrow.act}", f"starts from '{arrow.source}', which nothing leads to")
