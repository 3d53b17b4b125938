"""Reasons in words: each code has a sentence in the pack with named places for its facts."""

from collections.abc import Mapping

from shouwang.kernel.decision import Reason
from shouwang.policy.text import Text


def word(wordings: Mapping[str, Text], reason: Reason, language: str) -> str:
    """The sentence of a reason; the bare code when the pack has no words for it."""
    found = wordings.get(reason.code)
    if found is None:
        return reason.code
    sentence = found.in_(language)
    for name, value in reason.params.items():
        sentence = sentence.replace("{" + name + "}", str(value))
    return sentence
