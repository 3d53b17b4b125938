"""Areas a record speaks of (台账辖区): the body that keeps it, and the values of its area fields, must be on record."""

from collections.abc import Iterable, Mapping

from shouwang.kernel.codes import is_region
from shouwang.kernel.decision import Reason
from shouwang.rules.field_reading import SHOWN, Value
from shouwang.rules.filling import Form

Kinds = Mapping[str, str]


def area_codes(form: Form, values: Mapping[str, Value]) -> Iterable[str]:
    """The codes named in a record's area fields."""
    return (str(values[name]) for name in _area_fields(form) if name in values)


def unknown_areas(form: Form, values: Mapping[str, Value], kinds: Kinds) -> dict[str, Reason]:
    return {
        name: form.asked[name].fault("area_unknown", typed=str(values[name]))
        for name in _area_fields(form)
        if name in values and str(values[name]) not in kinds
    }


def unknown_body(region: str, kinds: Kinds) -> Reason | None:
    if not is_region(region) or region not in kinds:
        return Reason("body_unknown", {"typed": region[:SHOWN]})
    return None


def _area_fields(form: Form) -> list[str]:
    return [name for name, asked in form.asked.items() if asked.told.type == "area"]
