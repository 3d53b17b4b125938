"""What may be entered into a column (填写要求): as a sentence, and as a check the spreadsheet itself makes."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from shouwang.faces.templatetags.words import say
from shouwang.faces.workbook.columns import BODY, EXTERNAL, PERIOD
from shouwang.policy.record_shapes import Field
from shouwang.rules.field_reading import PARAGRAPH, TEXT

FAR = 10**15
LONG = {"text": TEXT, "paragraph": PARAGRAPH}
LISTED = ("choice", "yes_no", "duty")


def sentence(field: Field) -> str:
    """What belongs into the column, with its bounds."""
    unit = f" ({say(field.unit)})" if field.unit else ""
    return f"{_kind(field)}{unit}{_bounds(field)}"


def _kind(field: Field) -> str:
    words = {
        "text": _("Text"),
        "paragraph": _("Text, several lines"),
        "integer": _("A whole number"),
        "number": _("A number"),
        "yuan": _("An amount in yuan"),
        "date": _("A day, such as 2026-11-05"),
        "yes_no": _("Yes or no"),
        "choice": _("One of the choices"),
        "choices": _("One or more of the choices, with 、 between them"),
        "phone": _("A telephone number"),
        "credit_code": _("The unified social credit code, 18 signs"),
        "area": _("An area: its code or its name"),
        "place": _(
            "Longitude and latitude, such as 129.5089, 42.9053; from a Chinese map, add GCJ-02 or BD-09"
        ),
        "link": _("A web address"),
        "duty": _("A duty of the plan, by its name"),
    }
    return words[field.type]


def _bounds(field: Field) -> str:
    bounds = {"least": field.least, "most": field.most}
    if field.type in LONG:
        return _("; at most %(most)s characters") % {"most": field.most or LONG[field.type]}
    if field.least is not None and field.most is not None:
        return _("; from %(least)s to %(most)s") % bounds
    if field.least is not None:
        return _("; at least %(least)s") % bounds
    return _("; at most %(most)s") % bounds if field.most is not None else ""


def own_hint(name: str) -> str:
    hints = {
        BODY: _("Whose record it is: choose from the list, or write the name or the area code."),
        PERIOD: _("Such as 2026-11 or 2026-Q4; left blank, the period in which it happened."),
        EXTERNAL: _(
            "If the row comes from another system: its number there, so that it is never entered twice."
        ),
    }
    return hints.get(name, "")


def check_of(field: Field) -> dict[str, Any]:
    """The check a spreadsheet can make itself; a warning, since an import reads more than it knows."""
    least = -FAR if field.least is None else field.least
    most = FAR if field.most is None else field.most
    match field.type:
        case "date":
            days = {"minimum": date(1900, 1, 1), "maximum": date(2100, 12, 31)}
            return {"validate": "date", "criteria": "between", **days}
        case "integer":
            return {"validate": "integer", "criteria": "between", "minimum": least, "maximum": most}
        case "number" | "yuan":
            return {"validate": "decimal", "criteria": "between", "minimum": least, "maximum": most}
        case "text" | "paragraph":
            long = {"minimum": field.least or 0, "maximum": field.most or LONG[field.type]}
            return {"validate": "length", "criteria": "between", **long}
        case _:
            return {"validate": "any"}
