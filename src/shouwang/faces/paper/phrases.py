"""What every printed page says besides its fields (固定用语), in each tongue of the page."""

from collections.abc import Mapping, Sequence

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shouwang.faces.paper.layout import Words

LANGUAGES: Mapping[str, str] = {"zh": "zh-hans", "ko": "ko", "en": "en"}
PHRASES: Mapping[str, Promise] = {
    "body": _("Body"),
    "period": _("For"),
    "by": _("Filled in by"),
    "on": _("Date"),
    "year": _("year"),
    "month": _("month"),
    "day": _("day"),
    "papers": _("To go with it"),
    "send": _(
        "Photograph or scan this page and send it in under Records, Scan of a paper form."
        " Keep the code flat and clear of stamps."
    ),
}  # fmt: skip


def phrases(tongues: Sequence[str]) -> dict[str, Words]:
    return {name: said(words, tongues) for name, words in PHRASES.items()}


def said(words: Promise, tongues: Sequence[str]) -> Words:
    """A text of the house in several tongues at once."""
    spoken = []
    for tongue in tongues:
        with translation.override(LANGUAGES[tongue]):
            spoken.append((tongue, str(words)))
    return Words(said=tuple(spoken))
