"""Template words of the system of responsibility: states by sign and word, and addresses that open or close a unit."""

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlencode

from django import template
from django.template import Context
from django.utils.translation import gettext_lazy as _

from shouwang.faces.templatetags.words import reason_words

register = template.Library()
SIGNS = {"complete": "✓", "late": "◐", "missing": "✕", "running": "…", "undetermined": "?"}
WORDS = {
    "complete": _("complete"),
    "late": _("complete, but late"),
    "missing": _("missing"),
    "running": _("not yet due"),
    "undetermined": _("cannot be told"),
}


@register.filter
def state_sign(state: str) -> str:
    """A sign beside the word: colour alone says nothing to many readers."""
    return SIGNS.get(state, "")


@register.filter
def state_word(state: str) -> str:
    return str(WORDS.get(state, state))


@register.filter
def whys(reasons: Iterable[Mapping[str, Any]]) -> list[str]:
    """Why, each reason once."""
    return list(dict.fromkeys(reason_words(one) for one in reasons))


@register.simple_tag(takes_context=True)
def opening(context: Context, code: str) -> str:
    return _address(context, [*context["opened"], code])


@register.simple_tag(takes_context=True)
def closing(context: Context, code: str) -> str:
    """Whatever was opened below it closes with it."""
    return _address(context, [one for one in context["opened"] if not one.startswith(code)])


def _address(context: Context, opened: Iterable[str]) -> str:
    asked = {"area": context["stand"].area, "after": context["after"], "open": ",".join(opened)}
    return f"?{urlencode({name: value for name, value in asked.items() if value}, safe=',')}"
