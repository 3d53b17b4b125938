"""What a village loudspeaker says of a lesson (广播稿), and how long it takes to read aloud."""

from shouwang.policy.lesson_shapes import Lesson
from shouwang.policy.vocabulary import Tongue

# Signs a second that are understood outdoors, over an echo; read aloud and timed.
PACE: dict[Tongue, float] = {"zh": 3.5, "ko": 4.5, "en": 12.0}


def spoken(lesson: Lesson, tongue: Tongue) -> str:
    """The lesson as it is read out: what it is about, then its cards, one line each."""
    return "\n".join((lesson.label.in_(tongue), *(card.in_(tongue) for card in lesson.cards)))


def seconds(text: str, tongue: Tongue) -> int:
    """About how long it takes, in whole fives."""
    return max(5, round(sum(not sign.isspace() for sign in text) / PACE[tongue] / 5) * 5)
