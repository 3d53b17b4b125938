"""Template filters of the records room: acts, states and ways in words, days as people say them."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import template
from django.utils.translation import gettext as _

from shouwang.faces.period_words import period_words
from shouwang.faces.record_telling import spoken
from shouwang.faces.record_words import TONES, act_done, act_name, way_name
from shouwang.faces.templatetags.words import pack
from shouwang.policy.record_shapes import RecordType

register = template.Library()
register.filter("record_act", act_name)
register.filter("record_done", act_done)
register.filter("record_way", way_name)


@register.filter
def record_state(state: str, one: RecordType) -> str:
    """An entered record that another person must confirm still waits."""
    if state == "entered" and one.verifies:
        return _("To be confirmed")
    return pack().wordings[state].in_(spoken()) if state in TONES else state


@register.filter
def record_tone(state: str, one: RecordType) -> str:
    return "green" if state == "entered" and not one.verifies else TONES.get(state, "")


@register.filter
def period_name(period: str) -> str:
    """2026年11月, 2026年第4季度."""
    return period_words(pack(), period, spoken()) if period else ""


@register.filter
def iso_day(day: date | None) -> str:
    """2026-11-05, as it stands in every list and on paper."""
    return day.isoformat() if day else ""


@register.filter
def every_label(every: str) -> str:
    found = pack().wordings.get(every)
    return found.in_(spoken()) if found else every


@register.filter
def pack_word(code: str) -> str:
    """A word that a rule speaks too: 是, 否."""
    return pack().wordings[code].in_(spoken())


@register.filter
def of_fault(faults: Mapping[str, str], name: str) -> str:
    return faults.get(name, "")


@register.filter
def at(row: Sequence[Any], place: int) -> Any:
    return row[place]
