"""How letters are spoken of on the screens: kind, state, recipient and deadline in the reader's language."""

from datetime import datetime
from typing import Any

from django.utils.translation import get_language

from shouwang.faces.templatetags.words import due_words, pack, say

TONES = {"drafted": "amber", "approved": "amber", "answered": "blue", "closed": "green"}


def kind_label(kind: str) -> str:
    found = pack().letters.get(kind)
    return say(found.label if found else None, kind)


def state_label(state: str) -> str:
    return say(pack().wordings.get(f"letter.state.{state}"), state)


def decision_label(decision: str) -> str:
    return say(pack().wordings.get(f"letter.decision.{decision}"), decision)


def act_label(act: str) -> str:
    found = next((one for one in pack().letter_arrows if one.act == act), None)
    return say(found.label if found else None, act)


def known_act(act: str) -> str:
    """The act's label; empty for a word that somebody put into the address."""
    return act_label(act) if any(one.act == act for one in pack().letter_arrows) else ""


def chip(state: str, due_at: datetime | None, now: datetime) -> tuple[str, str]:
    """(tone, words): for a letter that waits for its answer, when it is due or how late it is."""
    if state in ("issued", "received") and due_at is not None:
        late = due_at < now
        return "red" if late else "", f"{state_label(state)} · {due_words(due_at, now)}"
    return TONES.get(state, ""), state_label(state)


def in_tongue(letter: Any, name: str) -> str:
    """A text of the letter in Korean for a Korean reader, where it has one."""
    korean = getattr(letter, f"{name}_ko", "")
    return korean if korean and get_language() == "ko" else getattr(letter, name)
