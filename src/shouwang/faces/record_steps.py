"""What an amendment changed (修改内容): field by field, before and after; a personal value only as changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from shouwang.domains.records.personal import is_sealed
from shouwang.faces.period_words import period_words
from shouwang.policy import Pack
from shouwang.policy.record_shapes import Field, RecordType
from shouwang.rules.field_showing import shown


@dataclass(frozen=True, kw_only=True)
class Change:
    """One field: what stood there and what stands there since. `secret` for a personal one."""

    label: str
    before: str = ""
    after: str = ""
    secret: bool = False


def changes_of(pack: Pack, asked: RecordType, record: Any, steps: Sequence[Any]) -> list[list[Change]]:
    """For each step what it changed: what it kept of before, against what came to stand by it."""
    found: list[list[Change]] = []
    after, period = record.values, record.period
    for step in reversed(steps):
        if step.earlier is None:
            found.append([])
            continue
        before, held = step.earlier["values"], step.earlier["period"]
        moved = [_moved(pack, held, period)] if held != period else []
        found.append([*_differences(pack, asked.fields, before, after), *moved])
        after, period = before, held
    return found[::-1]


def _differences(
    pack: Pack, fields: Mapping[str, Field], before: Mapping[str, Any], after: Mapping[str, Any]
) -> list[Change]:
    language = get_language() or settings.LANGUAGE_CODE
    return [
        _change(pack, told, language, old=before.get(name), new=after.get(name))
        for name, told in fields.items()
        if before.get(name) != after.get(name)
    ]


def _change(pack: Pack, told: Field, language: str, *, old: Any, new: Any) -> Change:
    label = told.label.in_(language)
    if told.personal or is_sealed(old) or is_sealed(new):
        return Change(label=label, secret=True)
    return Change(
        label=label, before=shown(pack, told, old, language), after=shown(pack, told, new, language)
    )


def _moved(pack: Pack, held: str, period: str) -> Change:
    language = get_language() or settings.LANGUAGE_CODE
    before, after = (period_words(pack, name, language) if name else "" for name in (held, period))
    return Change(label=_("For the period"), before=before, after=after)
