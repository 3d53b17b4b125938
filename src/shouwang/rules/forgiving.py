"""What people type or paste, taken with good will (宽容读取): full-width signs and stray spaces are forgiven."""

import re
import unicodedata
from datetime import date, datetime
from decimal import Decimal
from math import isfinite

_UNSEEN = {"Cf", "Cc"}
_LINES = re.compile(r"\r\n?")
_KEPT = "\n\t"
# A spreadsheet computes in binary: 0.1 + 0.2 is meant as 0.3.
_SHARP = 6


def plain(raw: object) -> str:
    """What a form, a spreadsheet or JSON hands in, as text; nothing is ''."""
    match raw:
        case None:
            return ""
        case bool():
            return "true" if raw else "false"
        case float():
            return format(Decimal(repr(round(raw, _SHARP))).normalize(), "f") if isfinite(raw) else str(raw)
        case datetime():
            return raw.date().isoformat()
        case date():
            return raw.isoformat()
        case Decimal():
            return format(raw, "f")
        case _:
            return str(raw)


def narrow(raw: object) -> str:
    """The signs alone, half width and without spaces: what a number, a code or a day is read from."""
    text = plain(raw)
    if text.isascii() and text.isprintable():
        return text.replace(" ", "")
    wide = unicodedata.normalize("NFKC", text)
    return "".join(sign for sign in wide if not sign.isspace() and unicodedata.category(sign) not in _UNSEEN)


def alike(raw: object) -> str:
    """A form in which a word and the same word typed carelessly are one."""
    return narrow(raw).casefold()


def tidy(raw: object) -> str:
    """A text as it was meant: no blanks at its ends, one kind of line end; its own signs stay."""
    lines = _LINES.sub("\n", plain(raw)).strip().split("\n")
    return "\n".join(line.rstrip() for line in lines)


def sound(text: str) -> bool:
    """Whether every sign can be kept: no NUL, no control sign but line end and tab, no half of a pair."""
    return text.isprintable() or not any(
        unicodedata.category(sign) in ("Cc", "Cs") and sign not in _KEPT for sign in text
    )
