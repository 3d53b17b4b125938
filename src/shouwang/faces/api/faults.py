"""Every field at fault in the reader's language; msgspec itself names only the first, in English."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

MISSING = gettext_noop("This is needed.")
EXPECTED = {
    "str": gettext_noop("Text is expected."),
    "int": gettext_noop("A whole number is expected."),
    "float": gettext_noop("A number is expected."),
    "bool": gettext_noop("true or false is expected."),
    "array": gettext_noop("A list is expected."),
    "object": gettext_noop("An object with named fields is expected."),
    "datetime": gettext_noop("A time with its zone is expected, like 2026-07-01T09:30:00+08:00."),
    "uuid": gettext_noop("An id is expected, like 0198c0de-0000-7000-8000-000000000000."),
}
# What msgspec says, and how we say it; a number it names is kept as n.
SAYINGS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), words)
    for pattern, words in (
        (r"missing required field", MISSING),
        (r"unknown field", gettext_noop("There is no such field.")),
        (r"`str` of length >= 1$", MISSING),
        (r"`str` of length >= (?P<n>\d+)", gettext_noop("At least %(n)s characters.")),
        (r"`str` of length <= (?P<n>\d+)", gettext_noop("At most %(n)s characters.")),
        (r"`array` of length <= (?P<n>\d+)", gettext_noop("At most %(n)s.")),
        (r">=? (?P<n>-?[\d.]+)", gettext_noop("At least %(n)s.")),
        (r"<=? (?P<n>-?[\d.]+)", gettext_noop("At most %(n)s.")),
        (r"matching regex", gettext_noop("This does not have the right form.")),
        (r"Invalid enum value", gettext_noop("This is not one of the choices.")),
        (r"RFC3339|timezone|datetime", EXPECTED["datetime"]),
        (r"UUID|uuid", EXPECTED["uuid"]),
    )
)
KIND = re.compile(r"Expected `(\w+)")
UNREADABLE = gettext_noop("This value cannot be read.")


def faults(model: Any, given: Any, name: str = "") -> dict[str, str]:
    """Faults of `given` as a `model`, {field: message}; empty when it fits."""
    if isinstance(given, Mapping) and isinstance(model, type) and issubclass(model, msgspec.Struct):
        return dict(_of_fields(model, given, name))
    try:
        msgspec.convert(given, model, strict=False)
    except msgspec.ValidationError as error:
        text, _at, place = str(error).partition(" - at `$")
        return {f"{name}{place.rstrip('`')}" or "body": in_words(text)}
    return {}


def _of_fields(model: type[msgspec.Struct], given: Mapping[str, Any], name: str) -> Iterator[tuple[str, str]]:
    known = msgspec.structs.fields(model)
    before = f"{name}." if name else ""
    for one in known:
        if one.encode_name in given:
            yield from faults(one.type, given[one.encode_name], before + one.encode_name).items()
        elif one.required:
            yield before + one.encode_name, _(MISSING)
    if model.__struct_config__.forbid_unknown_fields:
        names = {one.encode_name for one in known}
        yield from ((before + extra, in_words("unknown field")) for extra in given if extra not in names)


def in_words(said: str) -> str:
    """What msgspec said, in the reader's language."""
    for pattern, words in SAYINGS:
        if found := pattern.search(said):
            return _(words) % found.groupdict()
    kind = KIND.search(said)
    return _(EXPECTED.get(kind[1], UNREADABLE) if kind else UNREADABLE)
