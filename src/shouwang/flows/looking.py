"""自己看: what somebody without an account says of the points of a list, as a round or behind their own door."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from shouwang.policy.checklist_shapes import Checklist
from shouwang.rules.visiting import BAD, OK

from .refusal import Unfit, key_fault


def looked(told: Checklist, answers: Mapping[str, str], *, key: str) -> tuple[dict[str, str], Sequence[str]]:
    """The answers that the list asks for, and the points that are not well. Raises Unfit."""
    known = {point.id for point in told.points}
    given = {name: value for name, value in answers.items() if name in known and value in (OK, BAD)}
    faults = {"key": fault} if (fault := key_fault(key)) else {}
    if not given:
        faults["answers"] = _("Say of at least one thing how it is.")
    if faults:
        raise Unfit(faults)
    return given, [name for name, value in given.items() if value == BAD]
