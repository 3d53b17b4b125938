"""A lesson as a pack writes it (学一学): cards to read standing up, questions nobody is ranked by."""

from msgspec import Struct

from shouwang.policy.text import Text


class Question(Struct, frozen=True, forbid_unknown_fields=True):
    """One question; `right` counts its `answers` from one, and `why` is told whatever was answered."""

    ask: Text
    answers: tuple[Text, ...]
    right: int
    why: Text


class Lesson(Struct, frozen=True, forbid_unknown_fields=True):
    """A short lesson. ``readers`` are the posts it is meant for, everybody where none is named; in its ``seasons``
    it stands first. ``picture`` names a drawing of the house."""

    id: str
    row: str
    label: Text
    picture: str
    cards: tuple[Text, ...]
    questions: tuple[Question, ...]
    rows: tuple[str, ...] = ()
    readers: tuple[str, ...] = ()
    seasons: tuple[str, ...] = ()

    @property
    def rows_served(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys((self.row, *self.rows)))
