"""A lesson is passed (学会一课): every answer right, of one's own will; kept as proof of training, once a year."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from shouwang.domains.people.actor import Actor, HeldPost
from shouwang.domains.training import services
from shouwang.policy import Pack
from shouwang.policy.lesson_shapes import Lesson
from shouwang.rules.lessons import Mark, marked, passed

from .sight import pack_of


@dataclass(frozen=True, kw_only=True)
class Answered:
    """How the questions were answered; `kept` when it now stands as training of this year."""

    marks: Sequence[Mark]
    passed: bool
    kept: bool


def pass_lesson(actor: Actor | None, lesson: Lesson, given: Mapping[int, int], *, now: datetime) -> Answered:
    """Judge the answers and keep a pass of whoever serves somewhere. A second pass of the year changes nothing."""
    marks = marked(lesson, given)
    done = passed(marks)
    kept = bool(done and actor is not None and actor.posts)
    if kept and actor is not None:
        _keep(actor, lesson, now=now)
    return Answered(marks=marks, passed=done, kept=kept)


def _keep(actor: Actor, lesson: Lesson, *, now: datetime) -> None:
    post = _post(actor, lesson)
    pack: Pack = pack_of(actor.county, now=now)
    try:
        with transaction.atomic():
            services.pass_lesson(
                lesson.id, person=actor.id, post=post.kind, region=post.region,
                year=now.astimezone(pack.zone).year, clause=lesson.row, pack=pack.version, at=now,
            )  # fmt: skip
    except IntegrityError:
        return


def _post(actor: Actor, lesson: Lesson) -> HeldPost:
    """The post the lesson is for, else the one held first."""
    return next((post for post in actor.posts if post.kind in lesson.readers), actor.posts[0])
