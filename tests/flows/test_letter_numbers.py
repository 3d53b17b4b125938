"""Numbers of letters when many issue at the same moment: dense, none twice, none missing."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections

from shouwang.domains.letters.models import Letter
from shouwang.flows.advance_letter import LetterMove, advance_letter
from shouwang.flows.refusal import Moved
from tests.cast import COUNTY
from tests.letter_story import Office
from tests.letter_story import office as office
from tests.prefectures import here

pytestmark = pytest.mark.django_db(transaction=True)
ISSUERS, EACH = 16, 3


@pytest.fixture
def approved(office: Office) -> Iterator[list[Letter]]:
    letters = []
    for _ in range(ISSUERS * EACH):
        letter = office.drafted(here("reminder"))
        office.act("guoqiang", letter, "approve")
        letters.append(letter)
    yield letters


def test_sixteen_issue_at_once_and_no_number_is_doubled_or_missing(office: Office, approved: list[Letter]):
    def issue(part: list[Letter]) -> None:
        try:
            for letter in part:
                advance_letter(office.cast["hanxue"], letter.id, LetterMove(act="issue"), now=office.now)
        finally:
            connections.close_all()

    parts = [approved[n::ISSUERS] for n in range(ISSUERS)]
    with ThreadPoolExecutor(ISSUERS) as pool:
        list(pool.map(issue, parts))
    serials = Letter.objects.filter(county=COUNTY, kind=here("reminder")).values_list("serial", flat=True)
    assert sorted(serials) == list(range(1, ISSUERS * EACH + 1))
    connection.close()


def test_sixteen_issue_the_same_letter_and_it_gets_one_number(office: Office, approved: list[Letter]):
    letter = approved[0]
    version = Letter.objects.get(pk=letter.pk).version

    def issue(_: int) -> str:
        try:
            move = LetterMove(act="issue", version=version)
            return advance_letter(office.cast["hanxue"], letter.id, move, now=office.now).number
        except Moved:
            return ""
        finally:
            connections.close_all()

    with ThreadPoolExecutor(ISSUERS) as pool:
        numbers = [one for one in pool.map(issue, range(ISSUERS)) if one]
    assert len(numbers) == 1
    other = approved[1]
    assert office.act("hanxue", other, "issue").serial == 2
