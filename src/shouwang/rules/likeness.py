"""Whether two reports are probably of one hazard (疑似重复): near on the ground, or one place in the same words."""

import unicodedata
from dataclasses import dataclass

from shouwang.kernel.geo import Point, haversine_m

SHORTEST = 2


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody says it is: in words, and where the phone was."""

    words: str
    point: Point | None = None


def alike(one: Place, other: Place, *, metres: int | None) -> float | None:
    """How far apart they probably are, in metres; None when nothing says that they are one place."""
    apart = haversine_m(one.point, other.point) if one.point and other.point else None
    if apart is not None and metres is not None and apart <= metres:
        return apart
    if same_words(one.words, other.words):
        # The words win over a phone that was held elsewhere, but come after what lies near.
        return float(metres or 0) + 1
    return None


def same_words(one: str, other: str) -> bool:
    """Whether one place's name holds the other's, whatever the width of signs and blanks between them."""
    first, second = _plain(one), _plain(other)
    short, long = sorted((first, second), key=len)
    return len(short) >= SHORTEST and short in long


def _plain(words: str) -> str:
    wide = unicodedata.normalize("NFKC", words).casefold()
    return "".join(sign for sign in wide if sign.isalnum())
