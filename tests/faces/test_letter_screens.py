"""Letters in a real browser: on every width and in both languages nothing is barred to anybody, nothing cut off."""

import pytest
from django.utils import timezone

from tests.browser import Screen
from tests.faces.looking import faults_of, spilt
from tests.faces.stage import Stage
from tests.faces.test_office_screens import enter
from tests.letter_story import Office


@pytest.fixture
def told(stage: Stage) -> tuple[Stage, list[str]]:
    """A draft of a person, a letter that waits for its answer, an interview held, and a request to the government."""
    office = Office(stage.cast, timezone.now())
    case = office.late_case(place="白山小区7号楼一层安全出口")
    draft = office.drafted(cases=(case,), language="zh-ko")
    sent = office.issued(cases=(case, office.late_case(place="丹江小区2单元")))
    held = office.issued("interview", cases=(case,))
    office.act("hanxue", held, "hold", words="约谈了分管副局长，说明了逾期原因。", promise="11月底前全部改完")
    paths = [
        "/office/letters/", f"/office/letters/new/?case={case}", "/office/letters/new/?kind=reminder",
        f"/office/hazards/{case}/", f"/office/letters/{draft.id}/revise/", f"/office/letters/{held.id}/print/",
        *(f"/office/letters/{one.id}/" for one in (draft, sent, held)),
    ]  # fmt: skip
    return stage, paths


@pytest.mark.parametrize(
    "width, tongue, scheme",
    [
        (1440, "zh-hans", "light"),
        (320, "ko", "dark"),
    ],
)
def test_every_page_of_letters_is_open_to_all_and_whole(
    told, live_server, screen: Screen, tmp_path, width, tongue, scheme
):
    stage, paths = told
    page = enter(screen, live_server, stage, "hanxue", width=width, tongue=tongue, color_scheme=scheme)
    for number, path in enumerate(paths):
        page.goto(path)
        for summary in page.locator("main details:not([open]) > summary").all()[:1]:
            summary.click()
        page.screenshot(path=str(tmp_path / f"{number}.png"), full_page=True)
        assert faults_of(page) == [], path
        if "/print/" not in path:
            assert spilt(page) == [], path


@pytest.mark.parametrize("width, tongue", [(1440, "zh-hans"), (320, "ko")])
def test_the_inbox_of_a_department(told, live_server, screen: Screen, tmp_path, width, tongue):
    stage, paths = told
    page = enter(screen, live_server, stage, "zhoumin", width=width, tongue=tongue)
    for number, path in enumerate(("/office/letters/", paths[7])):
        page.goto(path)
        for summary in page.locator("main details:not([open]) > summary").all()[:1]:
            summary.click()
        page.screenshot(path=str(tmp_path / f"{number}.png"), full_page=True)
        assert faults_of(page) == [] and spilt(page) == [], path
