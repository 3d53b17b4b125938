"""Boxes of a form (表单栏): each field of the declaration as something to type into, tick or choose from."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from shouwang.domains.areas.queries import bodies
from shouwang.faces.record_telling import spoken
from shouwang.kernel.codes import level_of
from shouwang.policy import Pack
from shouwang.policy.record_shapes import Field
from shouwang.rules.filling import Form

BEFORE, FEW = "v.", 5
BELOW = {
    "province": ("prefecture", "county"),
    "prefecture": ("prefecture", "county", "township"),
    "county": ("county", "township", "village"),
    "township": ("township", "village", "grid"),
    "village": ("village", "grid"),
    "grid": ("grid",),
}
WIDGETS = {
    "paragraph": "paragraph", "integer": "number", "number": "decimal", "yuan": "decimal", "date": "day",
    "yes_no": "yes_no", "choices": "checks", "phone": "phone", "link": "link", "area": "select", "duty": "select",
}  # fmt: skip
Options = Sequence[tuple[str, str]]


@dataclass(frozen=True, kw_only=True)
class Box:
    """One field to fill in. `value` is what was typed, `kept` that a personal value stands behind its mask."""

    name: str
    label: str
    widget: str
    required: bool
    value: str = ""
    chosen: Sequence[str] = ()
    options: Options = ()
    help: str = ""
    why: str = ""
    unit: str = ""
    limit: str = ""
    fault: str = ""
    length: int | None = None
    latest: str = ""
    kept: bool = False

    @property
    def id(self) -> str:
        return self.name.replace(".", "-")

    @property
    def grouped(self) -> bool:
        """Whether it is a group of buttons, which a legend names, not a label."""
        return self.widget in ("yes_no", "radio", "checks")

    @property
    def short(self) -> bool:
        return self.widget in ("number", "decimal", "day", "phone")

    @property
    def told_by(self) -> str:
        """Ids of what is said about the field, for who listens."""
        said = [("hint", self.help or self.limit or self.why or self.kept), ("fault", self.fault)]
        return " ".join(f"{self.id}-{name}" for name, there in said if there)


@dataclass(frozen=True, kw_only=True)
class Typed:
    """What stands in the form now: raw values, faults beside them, and personal fields that keep their value."""

    values: Mapping[str, Any]
    faults: Mapping[str, str]
    kept: frozenset[str] = frozenset()


def boxes(form: Form, typed: Typed, *, areas: Options, today: date) -> list[Box]:
    return [
        _box(form, name, asked.told, typed=typed, options=_options(form.pack, asked.told, areas), today=today)
        for name, asked in form.asked.items()
    ]


def area_options(form: Form, region: str, *, on: date) -> Options:
    """Areas a field may name: those of the body and below it; none where no field asks."""
    if not region or all(asked.told.type != "area" for asked in form.asked.values()):
        return ()
    found = bodies([region], levels=BELOW[level_of(region)], on=on, limit=600)
    return [(place.code, f"{'　' * _depth(place.code, region)}{place.name}") for place in found]


def _depth(code: str, region: str) -> int:
    return max(0, (len(code) - len(region)) // 3)


def _options(pack: Pack, told: Field, areas: Options) -> Options:
    if told.type == "area":
        return areas
    if told.type == "duty":
        return [(key, duty.label.in_(spoken())) for key, duty in pack.duties.items()]
    return [(code, label.in_(spoken())) for code, label in told.choices.items()]


def _box(form: Form, name: str, told: Field, *, typed: Typed, options: Options, today: date) -> Box:
    raw = typed.values.get(name)
    widget = _widget(told, raw, options)
    language = spoken()
    yuan = form.pack.wordings["yuan"].in_(language) if "yuan" in form.pack.wordings else ""
    return Box(
        name=BEFORE + name,
        label=told.label.in_(language),
        widget=widget,
        required=told.required and name not in typed.kept,
        value="" if isinstance(raw, list) else str(raw or ""),
        chosen=raw if isinstance(raw, list) else (),
        options=options,
        help=told.help.in_(language) if told.help else "",
        why=told.why.in_(language) if told.why else "",
        unit=told.unit.in_(language) if told.unit else yuan if told.type == "yuan" else "",
        limit=_limit(told),
        fault=typed.faults.get(f"values.{name}", ""),
        length=told.most if told.type in ("text", "paragraph") else None,
        latest=today.isoformat() if name == form.one.occurs else "",
        kept=name in typed.kept,
    )


def _widget(told: Field, raw: Any, options: Options) -> str:
    if told.type == "choice":
        return "radio" if len(options) <= FEW else "select"
    if told.type == "date" and raw and not _is_day(str(raw)):
        return "text"
    if told.type == "area" and not options:
        return "text"
    return WIDGETS.get(told.type, "text")


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return len(text) == 10


def _limit(told: Field) -> str:
    """The bounds of a number, 1–2000, so that nobody learns them from a fault."""
    if told.type not in ("integer", "number", "yuan") or (told.least is None and told.most is None):
        return ""
    if told.most is None:
        return f"≥ {told.least}"
    return f"≤ {told.most}" if told.least is None else f"{told.least}–{told.most}"


def raw_values(form: Form, post: Any) -> dict[str, object]:
    """What a browser sent for the fields of a form; several ticks are a list."""
    found: dict[str, object] = {}
    for name, asked in form.asked.items():
        sent = post.getlist(BEFORE + name)
        found[name] = (
            [one for one in sent if one] if asked.told.type == "choices" else (sent[-1] if sent else "")
        )
    if form.one.every:
        found["period"] = post.get("period", "")
    return found


def typed_again(
    form: Form, values: Mapping[str, Any], period: str, *, hidden: Iterable[str]
) -> dict[str, object]:
    """The values of a record as they would be typed; what stands behind a mask is left blank."""
    left_out = set(hidden)
    found: dict[str, object] = {
        name: ("yes" if value else "no") if isinstance(value, bool) else value
        for name, value in values.items()
        if name in form.asked and name not in left_out
    }
    return found | ({"period": period} if form.one.every else {})
