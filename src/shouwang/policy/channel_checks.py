"""What is wrong with the ways in of a pack (渠道检查): users who may not report, answers without a clock."""

from collections.abc import Container, Iterator

from shouwang.policy.channel_shapes import Channel
from shouwang.policy.findings import Findings
from shouwang.policy.pack import Pack
from shouwang.policy.text import Text

REPORT = "hazards.report"
CLOCKS = ("hours", "days", "workdays")
# A case has its own place, words and photos; a duty is none of its facts.
TYPES = ("text", "integer", "yes_no", "choice", "date")


def names_of_channels(pack: Pack) -> Iterator[tuple[str, str, str, Container[str]]]:
    for key, one in pack.channels.items():
        where = f"channels: {key}"
        yield where, "row", one.row, pack.rows
        yield from ((where, "post", post, pack.posts) for post in one.posts)
        if one.answer is not None:
            yield where, "parameter", one.answer.parameter, pack.parameters
        named = (one.outside, one.answer.field if one.answer else "")
        yield from ((where, "field", name, one.fields) for name in named if name)


def texts_of_channels(pack: Pack) -> Iterator[tuple[str, Text]]:
    for key, one in pack.channels.items():
        yield from ((f"channels: {key}", text) for text in (one.label, one.help) if text)
        for name, told in one.fields.items():
            said = (told.label, told.unit, told.help, told.why, *told.choices.values())
            yield from ((f"channels: {key}.{name}", text) for text in said if text)


def check_channels(pack: Pack, findings: Findings) -> None:
    for key, one in pack.channels.items():
        where = f"channels: {key}"
        _users(where, one, pack, findings)
        _openness(where, one, findings)
        _answer(where, one, pack, findings)
        for name, told in one.fields.items():
            if told.type not in TYPES:
                findings.error(f"{where}.{name}", f"cannot be of type {told.type}")
            if told.personal:
                findings.error(f"{where}.{name}", "is personal: who reported is sealed apart from the facts")


def _users(where: str, one: Channel, pack: Pack, findings: Findings) -> None:
    if not one.posts and not one.public:
        findings.error(where, "nobody may use it")
    for post in one.posts:
        if post in pack.posts and REPORT not in pack.posts[post].actions:
            findings.error(where, f"is used by {post}, whose post does not allow {REPORT}")
    if one.public and any(told.required for told in one.fields.values()):
        findings.error(where, "asks the public for a fact that only an office has")


def _openness(where: str, one: Channel, findings: Findings) -> None:
    if not one.openness:
        findings.error(where, "says for no reporter how they may stand to it")
    if one.public and not {"anonymous", "confidential"} <= set(one.openness):
        findings.error(where, "is open to the public but does not let a reporter stay unknown (10-11)")


def _answer(where: str, one: Channel, pack: Pack, findings: Findings) -> None:
    if one.answer is None:
        return
    clock = pack.parameters.get(one.answer.parameter)
    if clock is not None and clock.unit not in CLOCKS:
        findings.error(where, f"'{clock.id}' is not counted in hours, days or workdays")
    told = one.fields.get(one.answer.field) if one.answer.field else None
    if told is not None and told.type != "date":
        findings.error(where, f"'{one.answer.field}' is no date, so no answer can be due by it")
