"""Lessons as the faces show them (学一学): pictures, a few cards, questions with the reason told at once."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.http import Http404, QueryDict

from shouwang.domains.people.actor import Actor
from shouwang.domains.training.queries import passed_by
from shouwang.flows.pass_lesson import Answered, pass_lesson
from shouwang.kernel.codes import county_of
from shouwang.policy import Pack
from shouwang.policy.lesson_shapes import Lesson
from shouwang.rules.lessons import offered

FIELD, ANSWER = re.compile(r"q([1-9])"), re.compile(r"[1-9]")


def lesson_list(pack: Pack, actor: Actor | None, *, on: date) -> list[dict[str, Any]]:
    """The lessons for the reader, those of the season first; a person sees which they passed, nobody else does."""
    kinds = {post.kind for post in actor.posts} if actor is not None else set()
    passed = _passed(actor)
    return [
        {"lesson": lesson, "now": now, "passed": passed.get(lesson.id)}
        for lesson, now in offered(pack, kinds, on=on)
    ]


def lesson_opened(pack: Pack, name: str) -> Lesson:
    """404 for one that does not exist. Whom it is not meant for may read it too."""
    if name not in pack.lessons:
        raise Http404
    return pack.lessons[name]


def lesson_answered(
    lesson: Lesson, post: QueryDict, *, actor: Actor | None, now: datetime
) -> Mapping[str, Any]:
    """What the page says after answers: each question with what was chosen, and whether all is right."""
    found = pass_lesson(actor, lesson, _given(post), now=now)
    return {"lesson": lesson, "answered": found, "questions": _questions(lesson, found)}


def lesson_fresh(lesson: Lesson) -> Mapping[str, Any]:
    return {"lesson": lesson, "answered": None, "questions": _questions(lesson, None)}


def _questions(lesson: Lesson, answered: Answered | None) -> list[dict[str, Any]]:
    marks = answered.marks if answered else (None,) * len(lesson.questions)
    return [
        {"number": number, "question": question, "mark": mark}
        for number, (question, mark) in enumerate(zip(lesson.questions, marks, strict=True), start=1)
    ]


def _given(post: QueryDict) -> dict[int, int]:
    found = ((FIELD.fullmatch(name), value) for name, value in post.items())
    return {int(match[1]): int(str(value)) for match, value in found if match and ANSWER.fullmatch(str(value))}


def _passed(actor: Actor | None) -> Mapping[str, datetime]:
    if actor is None or not actor.posts:
        return {}
    return passed_by(sorted({county_of(post.region) for post in actor.posts}), actor.id)
