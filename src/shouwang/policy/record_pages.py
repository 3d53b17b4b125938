"""The page of every record type (台账): its fields, its papers and why they are asked for, who enters and confirms."""

from collections.abc import Iterator

from shouwang.policy.pack import Pack
from shouwang.policy.paging import heading, table
from shouwang.policy.record_shapes import Field, Paper, RecordType
from shouwang.policy.text import Text

INTRODUCTION = (
    "Every type of record a body keeps. Form, list, Excel, printed page and the evidence of duties come from these "
    "declarations; how to add one: [howto](../howto/new-record.md)."
)
FIELDS = ("field", "中文", "한국어", "type", "", "why or how")
SIGNS = (("required", "必填"), ("fact", "佐证"), ("searched", "可查"), ("personal", "遮住"))


def records_page(pack: Pack) -> str:
    listed = table(
        ("id", "中文", "한국어", "rows", "kept by"),
        (
            (f"[{key}](#{key})", one.label.zh, one.label.ko, ", ".join(one.rows_served), _levels(pack, one))
            for key, one in pack.records.items()
        ),
    )
    legend = " · ".join(f"{zh} = {name}" for name, zh in SIGNS)
    each = "\n".join(_record(pack, key, one) for key, one in pack.records.items())
    return f"{heading('台账', INTRODUCTION)}{legend}\n\n{listed}\n{each}"


def _record(pack: Pack, key: str, one: RecordType) -> str:
    told = [
        f"Kept by {_levels(pack, one)}; entered by {_posts(pack, one.enters)}; "
        + (f"confirmed by {_posts(pack, one.verifies)}." if one.verifies else "evidence when entered."),
        f"Its day is `{one.occurs}`, its name in lists `{one.named_by}`; "
        + (f"one for each {one.every}." if one.every else "one for each thing."),
        *(f"{text.zh} · {text.ko} · {text.en}" for text in (one.help, one.source) if text),
    ]
    head = f"## {key}\n\n{one.label.zh} · {one.label.ko} · {one.label.en}\n\n"
    rows = (*(_field(name, field) for name, field in one.fields.items()), *_papers(one.papers))
    return head + "<br>\n".join(told) + "\n\n" + table(FIELDS, rows)


def _field(name: str, one: Field) -> tuple[str, ...]:
    signs = [zh for sign, zh in SIGNS if getattr(one, sign)]
    return (name, one.label.zh, one.label.ko, _type(one), " ".join(signs), _said(one.why, one.help))


def _type(one: Field) -> str:
    """What may be entered: choices in words, numbers with their bounds."""
    if one.of is not None:
        return f"{one.type} of {one.of}"
    if one.choices:
        return f"{one.type}: " + "、".join(text.zh for text in one.choices.values())
    bounds = "".join(f" {sign} {n}" for sign, n in (("≥", one.least), ("≤", one.most)) if n is not None)
    return one.type + bounds + (f" {one.unit.zh}" if one.unit else "")


def _papers(papers: dict[str, Paper]) -> Iterator[tuple[str, ...]]:
    for name, one in papers.items():
        yield name, one.label.zh, one.label.ko, one.what, "必交" if one.required else "可交", _said(one.why)


def _said(*texts: Text | None) -> str:
    return "<br>".join(text.zh for text in texts if text)


def _levels(pack: Pack, one: RecordType) -> str:
    return "、".join(pack.levels[level].zh for level in one.levels)



def _posts(pack: Pack, names: tuple[str, ...]) -> str:
    return "、".join(pack.posts[name].label.zh for name in names)
