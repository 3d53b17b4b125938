"""What is wrong with a record, in the reader's language (填写提示)."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import get_language

from shouwang.kernel.decision import Decision, Reason
from shouwang.policy import Pack
from shouwang.policy.record_shapes import RecordType

from .refusal import NotSeen, Refused, Unfit

PAPERS, VALUES = "papers.", "values."


def unfit(pack: Pack, faults: Mapping[str, Reason]) -> Unfit:
    """Every fault beside its field, as the reader says it."""
    language = get_language() or "zh-hans"
    return Unfit({name: pack.explain(reason, language) for name, reason in faults.items()})


def of_values(faults: Mapping[str, Reason]) -> dict[str, Reason]:
    """Faults of a record's fields, told apart from those of the body, the key or a paper."""
    return {VALUES + name: reason for name, reason in faults.items()}


def type_of(pack: Pack, name: str) -> RecordType:
    """Raises NotSeen for a type this pack does not have."""
    found = pack.records.get(name)
    if found is None:
        raise NotSeen(name)
    return found


def allowed(judged: Decision[Any]) -> None:
    """Raises Refused where the verdict is no."""
    if not judged.verdict:
        raise Refused(judged)
