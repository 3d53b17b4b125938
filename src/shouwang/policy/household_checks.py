"""What is wrong with the risk groups and the fields of the sealed register a pack declares."""

from collections.abc import Container, Iterator

from shouwang.policy.findings import Findings
from shouwang.policy.pack import Pack
from shouwang.policy.text import Text


def names_of_households(pack: Pack) -> Iterator[tuple[str, str, str, Container[str]]]:
    """(where, what, name, what is known) of everything they name."""
    for key, one in pack.risk_groups.items():
        where = f"risk_groups: {key}"
        yield where, "row", one.row, pack.rows
        yield where, "parameter", one.every, pack.parameters
        yield where, "parameter", one.keep, pack.parameters


def check_households(pack: Pack, findings: Findings) -> None:
    """A child needs a guardian on the form, and a crew must be told something."""
    asked = pack.person_fields.values()
    if pack.risk_groups and not any(one.born for one in asked):
        findings.error("person_fields", "none tells the day of birth, so nobody knows who is under 14")
    if pack.risk_groups and not any(one.guardian for one in asked):
        findings.error("person_fields", "none is asked of a guardian (个人信息保护法第三十一条)")
    for key, one in pack.person_fields.items():
        if (one.type == "choice") != bool(one.choices):
            findings.error(f"person_fields: {key}", "a choice has choices, and nothing else does")
        if one.born and one.type != "date":
            findings.error(f"person_fields: {key}", "the day of birth is a date")


def texts_of_households(pack: Pack) -> Iterator[tuple[str, Text]]:
    for key, group in pack.risk_groups.items():
        yield f"risk_groups: {key}.label", group.label
    for key, one in pack.person_fields.items():
        yield f"person_fields: {key}.label", one.label
        yield f"person_fields: {key}.purpose", one.purpose
        yield f"person_fields: {key}.basis", one.basis
        yield from ((f"person_fields: {key}.{name}", text) for name, text in one.choices.items())
