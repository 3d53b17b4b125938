"""What is said of a place: of which kind a training was, and whether a round found everything well."""

from typing import Any

from django.utils.translation import gettext_lazy

from shouwang.rules.visiting import BAD

KIND_WORDS = {
    "regular": gettext_lazy("At intervals, everybody"),
    "joined": gettext_lazy("New staff, before they start"),
    "moved": gettext_lazy("Before a new post"),
}


def well(done: Any) -> bool:
    return BAD not in done.answers.values()
