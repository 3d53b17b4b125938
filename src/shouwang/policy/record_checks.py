"""What is wrong with the record types of a pack, in words: fields nobody can fill, facts nothing reads (台账检查)."""

import re
from collections.abc import Container, Iterator

from shouwang.policy.area_kinds import KINDS_AT
from shouwang.policy.findings import Findings
from shouwang.policy.need_checks import RULE
from shouwang.policy.pack import Pack
from shouwang.policy.record_shapes import SCAN, Field, RecordType

NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
# What evidence may carry and a rule can compare.
FACTS = ("integer", "yes_no", "choice", "choices", "date", "duty", "area")
BOUNDED = ("text", "paragraph", "integer", "number", "yuan", "choices")
NAMING = ("text", "choice", "duty")
# Names that evidence gives a meaning of its own.
TAKEN = ("period", "withdrawn", "region", "external_id")


def names_of_records(pack: Pack) -> Iterator[tuple[str, str, str, Container[str]]]:
    """(where, what, name, what is known) of everything a record type names."""
    for key, one in pack.records.items():
        where = f"records: {key}"
        yield from ((where, "row", row, pack.rows) for row in one.rows_served)
        yield from ((where, "post", post, pack.posts) for post in (*one.enters, *one.verifies))
        kinds = {str(kind) for level in one.levels for kind in KINDS_AT.get(level, ())}  # type: ignore[call-overload]
        yield from ((where, "area kind", kind, kinds) for kind in one.kinds)


def check_records(pack: Pack, findings: Findings) -> None:
    for key, one in pack.records.items():
        where = f"records: {key}"
        if not NAME.fullmatch(key):
            findings.error(where, "its id must be small letters, digits and _, at most 40")
        _people(where, pack, one, findings)
        _leading(where, one, findings)
        for name, told in one.fields.items():
            _field(f"{where}.{name}", name, told, one=one, findings=findings)
        if SCAN in one.papers:
            findings.error(where, "a paper may not be called scan: that is the scan of the form itself")
        for name, paper in one.papers.items():
            if paper.required and (paper.why is None or paper.why.blanks(("zh",))):
                findings.error(
                    f"{where}.{name}", f"demands a {paper.what} without saying why it is needed ({RULE})"
                )


def _people(where: str, pack: Pack, one: RecordType, findings: Findings) -> None:
    if not one.levels:
        findings.error(where, "names no level whose bodies keep it")
    if not one.enters:
        findings.error(where, "names no post that enters it")
    for post in one.enters:
        if post in pack.posts and "records.enter" not in pack.posts[post].actions:
            findings.error(where, f"is entered by {post}, whose post does not allow records.enter")
    for post in one.verifies:
        if post in pack.posts and "records.verify" not in pack.posts[post].actions:
            findings.error(where, f"is confirmed by {post}, whose post does not allow records.verify")


def _leading(where: str, one: RecordType, findings: Findings) -> None:
    if one.early and one.every is None:
        findings.error(where, "is for no period, so it cannot be early; leave out 'early'")
    day = one.fields.get(one.occurs)
    if day is None or day.type != "date" or not day.required or day.until is not None:
        findings.error(where, f"'occurs' must name a required date field; '{one.occurs}' is none")
    name = one.fields.get(one.named_by)
    if name is None or name.type not in NAMING or name.personal:
        findings.error(
            where, f"'named_by' must name a text or choice that is not personal; '{one.named_by}' is none"
        )


def _field(where: str, name: str, told: Field, *, one: RecordType, findings: Findings) -> None:
    if not NAME.fullmatch(name) or name in TAKEN:
        findings.error(where, f"a field's name must be small letters, digits and _, and not one of {', '.join(TAKEN)}")
    if (told.type in ("choice", "choices")) != bool(told.choices):
        findings.error(where, "must list its choices if its type is choice or choices, and only then")
    if told.fact and told.type not in FACTS:
        findings.error(where, f"is a fact of evidence, so its type must be one of {', '.join(FACTS)}")
    if told.fact and told.personal:
        findings.error(where, "is personal, so it may not go into evidence")
    if told.searched and (told.personal or told.type == "paragraph"):
        findings.error(where, "is personal or a paragraph, so it may not stand in the index that lists search")
    if (told.least is not None or told.most is not None) and told.type not in BOUNDED:
        findings.error(where, f"'least' and 'most' bound nothing in a {told.type}")
    if told.least is not None and told.most is not None and told.least > told.most:
        findings.error(where, f"'least' {told.least} is more than 'most' {told.most}")
    if told.type == "place" and told.required and (told.why is None or told.why.blanks(("zh",))):
        findings.error(where, f"demands a place without saying why it is needed ({RULE})")
    if told.since > one.version:
        findings.error(where, f"stands since version {told.since}, but the type is at version {one.version}")
