"""What is said of a place: of which kind a training was, why it was closed, whether a round found everything well."""

from typing import Any

from django.utils.translation import gettext_lazy

from shouwang.rules.visiting import BAD

KIND_WORDS = {
    "regular": gettext_lazy("At intervals, everybody"),
    "joined": gettext_lazy("New staff, before they start"),
    "moved": gettext_lazy("Before a new post"),
}
CLOSED_WORDS = {
    "shut": gettext_lazy("It has shut for good"),
    "moved": gettext_lazy("It moved away"),
    "merged": gettext_lazy("It became part of another place"),
    "mistaken": gettext_lazy("It was entered by mistake"),
}


def well(done: Any) -> bool:
    return BAD not in done.answers.values()
