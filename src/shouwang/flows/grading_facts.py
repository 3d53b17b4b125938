"""What may be stated of a case for its grade (定级情况): the questions of the tables in force on its day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from shouwang.policy import Pack
from shouwang.policy.tables import Input, UnfitFact
from shouwang.policy.vocabulary import Scalar
from shouwang.rules.grading import TABLE
from shouwang.rules.major import standard_of

# Known already, or the outcome of a discussion: nobody types them.
KNOWN = ("kind", "fixed_on_spot", "determined_major")


@dataclass(frozen=True, kw_only=True)
class Questions:
    """`plain` belong to the grade, `elements` to the standard of major hazards; `unset` names who must enter it."""

    plain: tuple[Input, ...]
    elements: tuple[Input, ...]
    standard: str
    unset: str = ""


def questions(pack: Pack, *, on: date) -> Questions:
    edition = pack.tables[TABLE].edition(on)
    plain = tuple(one for one in (edition.inputs if edition else ()) if one.name not in KNOWN)
    table = standard_of(pack, on)
    standard = table.edition(on) if table else None
    if table is None or standard is None:
        return Questions(plain=plain, elements=(), standard="")
    keeper = table.keeper if standard.unset else ""
    return Questions(plain=plain, elements=standard.inputs, standard=standard.source, unset=keeper)


def typed(pack: Pack, given: Mapping[str, str], *, on: date) -> tuple[dict[str, Scalar], dict[str, str]]:
    """The facts that can be read, and why the others cannot, each by its field; what is blank is not stated."""
    asked = questions(pack, on=on)
    known = {one.name: one for one in (*asked.plain, *asked.elements)}
    facts: dict[str, Scalar] = {}
    faults: dict[str, str] = {}
    for name, text in given.items():
        if not text.strip():
            continue
        column = known.get(name)
        if column is None:
            faults[name] = _("This is not asked by the tables of that day.")
            continue
        try:
            facts[name] = column.check(_value(column, text.strip()))
        except (UnfitFact, ValueError):
            faults[name] = _fault(column)
    return facts, faults


def _value(column: Input, text: str) -> Scalar:
    match column.type:
        case "int":
            return int(text)
        case "bool":
            return {"yes": True, "no": False}[text] if text in ("yes", "no") else text
        case _:
            return text


def _fault(column: Input) -> str:
    if column.type == "int":
        limits = {"least": column.minimum, "most": column.maximum}
        return _("Write a whole number from %(least)s to %(most)s.") % limits
    return _("Choose one of the answers.")
