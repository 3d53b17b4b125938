"""What is wrong with the manual pages of a pack: names that do not exist, work told on two pages, nothing to do."""

from collections.abc import Container, Iterator
from typing import get_args

from shouwang.policy.findings import Findings
from shouwang.policy.pack import Pack
from shouwang.policy.text import Text
from shouwang.policy.vocabulary import Ask, Every, Rung

# Sentences a page is made of; without them it would speak in codes.
SENTENCES = (
    "months", "times", "times_unset", "share", "after_period", "early_in_period", "after_event", "event_where",
    "of_case",
    "always", "always_renewed", "set_up", "threshold", "threshold_above", "once_by", "once_before", "once_unset",
    "each_of", "only_where", "only_by_table", "time", "time_unset", "number_unset", "missed", "then", "list",
    "encouraged", "may", "no_ladder", "judged_by", "must_say", "bearer", "step.see", "step.do", "step.record",
    "step.papers", "step.verified", "step.elsewhere",
    *(f"every.{one}" for one in get_args(Every)), *(f"rung.{one}" for one in get_args(Rung)),
    *(f"ask.{one}" for one in get_args(Ask)),
)  # fmt: skip


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
    for name in SENTENCES:
        if f"manual.{name}" not in pack.wordings:
            findings.error(f"wordings: manual.{name}", "has no words, which the pages of the manual need")
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
            findings.error(
                where, "has the id of a duty it does not cover; the generated page of that duty needs it"
            )


def texts_of_manuals(pack: Pack) -> Iterator[tuple[str, Text]]:
    """Every text of the manual pages and where it stands."""
    for key, one in pack.manuals.items():
        yield f"manuals: {key}.label", one.label
        yield f"manuals: {key}.purpose", one.purpose
        for part in ("steps", "tips", "never"):
            told: tuple[Text, ...] = getattr(one, part)
            yield from (
                (f"manuals: {key}.{part} {number}", text) for number, text in enumerate(told, start=1)
            )
