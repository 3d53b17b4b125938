"""One field of a record as people read it (字段显示), in their language; what is shown can be typed back."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from shouwang.policy import Pack
from shouwang.policy.record_shapes import Field
from shouwang.rules.field_reading import Value

MASK, SHORT = "＊", 7
BETWEEN = {"zh": "、", "ko": ", ", "en": ", "}
EXACT = ("number", "yuan")


def shown(pack: Pack, told: Field, value: Value | None, language: str) -> str:
    """The value in words and without its unit; '' for none."""
    if value is None or value == "":
        return ""
    match told.type:
        case "yes_no":
            return pack.wordings["yes" if value else "no"].in_(language)
        case "choice":
            return _label(told, str(value), language)
        case "choices" if isinstance(value, list | tuple):
            words = [_label(told, code, language) for code in value]
            # A label may hold the sign that stands between labels.
            between = BETWEEN.get(language[:2], "、")
            return ("; " if any(between.strip() in word for word in words) else between).join(words)
        case "duty":
            found = pack.duties.get(str(value))
            return found.label.in_(language) if found else str(value)
        case _:
            return str(value)


def grouped(told: Field, value: Value) -> str:
    """A number with its thousands apart, for reading only."""
    return f"{Decimal(str(value)):,}" if told.type in ("integer", *EXACT) else str(value)


def typed(told: Field, value: Value | None) -> object:
    """The value as a spreadsheet or a program wants it: a day, an exact number, a truth."""
    if value is None:
        return None
    if told.type == "date":
        return date.fromisoformat(str(value))
    return Decimal(str(value)) if told.type in EXACT else value


def masked(told: Field, text: str) -> str:
    """A personal value as it stands before somebody gave a reason: enough to tell two apart, not to use it."""
    if told.type == "phone" and len(text) > SHORT:
        return f"{text[:3]}{MASK * 4}{text[-4:]}"
    if told.type in ("text", "paragraph") and len(text) > 1:
        return text[0] + MASK * min(len(text) - 1, SHORT)
    return MASK * 3 if text else ""


def _label(told: Field, code: str, language: str) -> str:
    found: Mapping[str, object] = told.choices
    return told.choices[code].in_(language) if code in found else code
