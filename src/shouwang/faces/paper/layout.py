"""A record type laid out on paper (版式): what stands before each space, and how much room there is to write."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.conf import settings

from shouwang.policy import Text, load
from shouwang.policy.record_shapes import Field, RecordType
from shouwang.rules.field_reading import TEXT, Value
from shouwang.rules.field_showing import masked, shown

ROOMS: Mapping[str, str] = {
    "date": "day", "yes_no": "boxes", "choice": "boxes", "choices": "boxes",
    "integer": "figure", "number": "figure", "yuan": "figure", "paragraph": "lines",
}  # fmt: skip
# Letters that a line of the page holds, and lines that a paragraph of some length gets.
ON_A_LINE, FEW, MANY = 40, 4, 7
PARAGRAPH = 800


def tongues_of_a_page() -> Mapping[str, tuple[str, ...]]:
    """Chinese, the language the pack names next, or both, the leading one first."""
    other = second_tongue()
    return {"zh": ("zh",), **({other: (other,), "both": ("zh", other)} if other else {})}


def second_tongue() -> str:
    return next(iter(load(settings.PACK).languages[1:]), "")


@dataclass(frozen=True, kw_only=True)
class Words:
    """One text in the tongues of the page."""

    said: tuple[tuple[str, str], ...]

    @property
    def lead(self) -> str:
        return self.said[0][1]


@dataclass(frozen=True, kw_only=True)
class Box:
    """A box to tick; `ticked` on the page of a record already entered."""

    label: Words
    ticked: bool = False


@dataclass(frozen=True, kw_only=True)
class Space:
    """A field on the page: its label, the shape of its room, and what stands there already."""

    name: str
    label: Words
    room: str
    required: bool
    boxes: Sequence[Box] = ()
    unit: Words | None = None
    hint: Words | None = None
    lines: Sequence[int] = ()
    value: str = ""


def in_tongues(text: Text, tongues: Iterable[str]) -> Words:
    return Words(said=tuple((tongue, text.in_(tongue)) for tongue in tongues))


def spaces(
    kind: RecordType, version: int, *, tongues: Sequence[str], values: Mapping[str, Value] | None = None
) -> list[Space]:
    """The fields of a version in their order; with `values`, as they were entered."""
    return [
        _space(name, field, tongues=tongues, values=values or {})
        for name, field in kind.fields_of(version).items()
    ]


def _space(name: str, field: Field, *, tongues: Sequence[str], values: Mapping[str, Value]) -> Space:
    value = values.get(name)
    room = ROOMS.get(field.type, "line")
    if field.type == "text" and (field.most or TEXT) > 2 * ON_A_LINE:
        room = "lines"
    return Space(
        name=name,
        label=in_tongues(field.label, tongues),
        room=room,
        required=field.required,
        boxes=_boxes(field, value, tongues),
        unit=in_tongues(field.unit, tongues) if field.unit else _yuan(field, tongues),
        hint=in_tongues(field.help, tongues) if field.help else None,
        lines=range(_lines(field, tongues)),
        value="" if room == "boxes" else _told(field, value, tongues[0]),
    )


def _told(field: Field, value: Value | None, tongue: str) -> str:
    """What was entered; personal values leave the house masked, on paper too."""
    words = shown(load(settings.PACK), field, value, tongue)
    return masked(field, words) if field.personal else words


def _lines(field: Field, tongues: Sequence[str]) -> int:
    """Room to write, a little less where every label stands twice: a form should be one page."""
    if field.type != "paragraph":
        return 2
    lines = MANY if (field.most or PARAGRAPH + 1) > PARAGRAPH else FEW
    return lines - len(tongues) + 1


def _boxes(field: Field, value: Value | None, tongues: Sequence[str]) -> list[Box]:
    if field.type == "yes_no":
        words = load(settings.PACK).wordings
        yes, no = (in_tongues(words[code], tongues) for code in ("yes", "no"))
        return [Box(label=yes, ticked=value is True), Box(label=no, ticked=value is False)]
    chosen = value if isinstance(value, list) else [value]
    return [
        Box(label=in_tongues(label, tongues), ticked=code in chosen) for code, label in field.choices.items()
    ]


def _yuan(field: Field, tongues: Sequence[str]) -> Words | None:
    if field.type != "yuan":
        return None
    return in_tongues(Text(zh="元", ko="원", en="yuan"), tongues)
