"""Why a person is told no: a judgement with its clause, or a field that cannot be read."""

from typing import Any

from django.utils.translation import gettext as _

from shouwang.kernel.decision import Decision

KEY = 64


class Refused(Exception):
    """A rule said no; `decision` carries its reasons and clauses for the person to read."""

    def __init__(self, decision: Decision[Any]) -> None:
        super().__init__(", ".join(reason.code for reason in decision.reasons))
        self.decision = decision


class Unfit(Exception):
    """Input that cannot be taken: {field: message in the reader's language}; nothing was written."""

    def __init__(self, fields: dict[str, str]) -> None:
        super().__init__(str(fields))
        self.fields = fields


class NotSeen(Exception):
    """There is no such thing within the person's sight."""


class Moved(Exception):
    """Somebody else acted on the case first; read it again."""


class TooOften(Exception):
    """More of it within an hour or a day than anybody needs."""


def key_fault(key: str) -> str:
    """Why a key cannot be kept, in words; nothing where it can."""
    return too_long(key, KEY) if 0 < len(key) <= KEY else _("A key of 1 to 64 signs is needed.")


def too_long(text: str, most: int) -> str:
    """Why a text cannot be kept, in words; nothing where it can."""
    if len(text) > most:
        return _("At most %(n)s characters.") % {"n": most}
    return _("This text has a sign that cannot be kept.") if "\x00" in text else ""
