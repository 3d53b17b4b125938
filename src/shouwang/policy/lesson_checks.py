"""What is wrong with the lessons of a pack: nothing to read, a right answer that is none, seasons without days."""

from collections.abc import Container, Iterator

from shouwang.policy.findings import Findings
from shouwang.policy.pack import Pack
from shouwang.policy.text import Text

CARDS, QUESTIONS = 6, 5


def names_of_lessons(pack: Pack) -> Iterator[tuple[str, str, str, Container[str]]]:
    """(where, what, name, what is known) of everything a lesson names."""
    for key, one in pack.lessons.items():
        where = f"lessons: {key}"
        yield from ((where, "row", row, pack.rows) for row in one.rows_served)
        yield from ((where, "post", post, pack.posts) for post in one.readers)
        yield from ((where, "parameter", f"season.{season}.starts", pack.parameters) for season in one.seasons)


def check_lessons(pack: Pack, findings: Findings) -> None:
    """A lesson is read in a minute (国办函〔2026〕12号: learning time counts for nothing)."""
    for key, one in pack.lessons.items():
        where = f"lessons: {key}"
        if not 1 <= len(one.cards) <= CARDS:
            findings.error(where, f"must have one to {CARDS} cards")
        if not 1 <= len(one.questions) <= QUESTIONS:
            findings.error(where, f"must have one to {QUESTIONS} questions")
        for number, question in enumerate(one.questions, start=1):
            if len(question.answers) < 2:
                findings.error(where, f"question {number} leaves no choice")
            if not 1 <= question.right <= len(question.answers):
                findings.error(where, f"question {number} says answer {question.right} is right, which it lacks")


def texts_of_lessons(pack: Pack) -> Iterator[tuple[str, Text]]:
    """Every text of the lessons and where it stands."""
    for key, one in pack.lessons.items():
        yield f"lessons: {key}.label", one.label
        yield from ((f"lessons: {key}.cards {number}", card) for number, card in enumerate(one.cards, start=1))
        for number, question in enumerate(one.questions, start=1):
            said = (question.ask, *question.answers, question.why)
            yield from ((f"lessons: {key}.questions {number}", text) for text in said)
