"""Which lessons to show first, and what was answered rightly (学一学)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from shouwang.policy import Pack
from shouwang.policy.lesson_shapes import Lesson, Question
from shouwang.rules.periods import season


@dataclass(frozen=True, kw_only=True)
class Mark:
    """How one question was answered: 0 where it was left out."""

    question: Question
    given: int

    @property
    def right(self) -> bool:
        return self.given == self.question.right


def offered(pack: Pack, kinds: Collection[str], *, on: date) -> Sequence[tuple[Lesson, bool]]:
    """Every lesson for holders of these posts and for everybody, with whether it is its season.

    First what the season asks for, then what the posts do, then the rest as the pack has it.
    """
    open_to = [one for one in pack.lessons.values() if not one.readers or set(one.readers) & set(kinds)]
    found = [(one, in_season(pack, one, on=on)) for one in open_to]
    return sorted(found, key=lambda pair: (not pair[1], not pair[0].readers))


def in_season(pack: Pack, lesson: Lesson, *, on: date) -> bool:
    """Whether the day lies in a season of the lesson; a season nobody gave days to has none."""
    found = (season(pack, name, year) for name in lesson.seasons for year in (on.year - 1, on.year))
    return any(one is not None and one.start <= on <= one.end for one in found)


def marked(lesson: Lesson, given: Mapping[int, int]) -> tuple[Mark, ...]:
    """What was answered to each question, counted from one."""
    return tuple(
        Mark(question=question, given=given.get(number, 0))
        for number, question in enumerate(lesson.questions, start=1)
    )


def passed(marks: Sequence[Mark]) -> bool:
    return bool(marks) and all(mark.right for mark in marks)
