"""What is wrong with the manual pages of a pack: names that do not exist, work told on two pages, nothing to do."""

from collections.abc import Container, Iterator

from shouwang.policy.findings import Findings
from shouwang.policy.pack import Pack
from shouwang.policy.text import Text


def names_of_manuals(pack: Pack) -> Iterator[tuple[str, str, str, Container[str]]]:
    """(where, what, name, what is known) of everything a manual page names."""
    acts = {arrow.act for arrow in pack.transitions}
    for key, one in pack.manuals.items():
        where = f"manuals: {key}"
        yield from ((where, "row", row, pack.rows) for row in one.rows)
        yield from ((where, "duty", duty, pack.duties) for duty in one.duties)
        yield from ((where, "act", act, acts) for act in one.acts)
        yield from ((where, "record", record, pack.records) for record in one.records)
        yield from ((where, "post", post, pack.posts) for post in one.readers)


def check_manuals(pack: Pack, findings: Findings) -> None:
    told: dict[str, str] = {}
    for key, one in pack.manuals.items():
        where = f"manuals: {key}"
        if not one.steps:
            findings.error(where, "has no steps, so nobody learns from it what to do")
        if not (one.rows or one.duties):
            findings.error(where, "covers no row and no duty")
        for name in (*one.rows, *one.duties):
            if name in told:
                findings.error(where, f"covers '{name}', which stands in manual '{told[name]}' already")
            told[name] = key
        if key in pack.duties and key not in one.duties:
            findings.error(where, "has the id of a duty it does not cover; the generated page of that duty needs it")


def texts_of_manuals(pack: Pack) -> Iterator[tuple[str, Text]]:
    """Every text of the manual pages and where it stands."""
    for key, one in pack.manuals.items():
        yield f"manuals: {key}.label", one.label
        yield f"manuals: {key}.purpose", one.purpose
        for part in ("steps", "tips", "never"):
            told: tuple[Text, ...] = getattr(one, part)
            yield from ((f"manuals: {key}.{part} {number}", text) for number, text in enumerate(told, start=1))
