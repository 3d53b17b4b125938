"""Letters in the office: nothing typed twice, each side sees its own part, nothing leaves the two sides."""

import io
import re
import shutil
import subprocess

import pypdfium2
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from docx import Document

from shouwang.domains.letters.models import Cause, Letter
from tests.cast import COUNTY
from tests.faces.stage import Stage
from tests.letter_story import Office

# Session, letters, counts, places; what the menu asks costs none.
MOST_STATEMENTS = 5
OUTSIDERS = ("liuyang", "jiangtao", "liming", "cuizhe", "luoping")


@pytest.fixture
def office(stage: Stage) -> Office:
    return Office(stage.cast, timezone.now())


def form_of(page: str) -> dict[str, str]:
    """What a browser would send back of the form as it came."""
    kept = dict(re.findall(r'<input type="hidden" name="([a-z]+)" value="([^"]*)"', page))
    kept |= dict(re.findall(r'<input id="([a-z_]+)" name="\1"[^>]*value="([^"]*)"', page))
    return kept | dict(re.findall(r'<textarea id="([a-z_]+)" name="\1"[^>]*>([^<]*)</textarea>', page))


def post(client: Client, letter: Letter, act: str, **more: object):
    version = Letter.objects.get(pk=letter.pk).version
    return client.post(f"/office/letters/{letter.pk}/acts/{act}/", {"version": version, **more})


def test_a_letter_is_drafted_from_the_case_and_goes_all_its_way(stage: Stage, office: Office):
    case = office.late_case(place="白山小区7号楼")
    hanxue, leader, housing = (stage.client(one) for one in ("hanxue", "guoqiang", "zhoumin"))
    detail = hanxue.get(f"/office/hazards/{case}/").content.decode()
    assert f"/office/letters/new/?case={case}" in detail
    page = hanxue.get(f"/office/letters/new/?case={case}&kind=supervision").content.decode()
    sent = form_of(page) | {"matter": str(case), "language": "zh", "contact": "韩雪"}
    assert sent["addressee"] == "敦化市住房和城乡建设主管部门" and "个工作日内书面回复" in sent["asks"]
    answer = hanxue.post("/office/letters/new/", sent)
    assert answer.status_code == 302
    letter = Letter.objects.get(county=COUNTY)
    assert Cause.objects.get(letter=letter).subject == case and letter.to_department == "housing"

    assert post(hanxue, letter, "approve").status_code == 409
    assert "起草和批准不能是同一人" in post(hanxue, letter, "approve").content.decode()
    assert housing.get(f"/office/letters/{letter.pk}/").status_code == 404
    assert post(leader, letter, "approve").status_code == 302
    assert post(hanxue, letter, "issue").status_code == 302
    year = timezone.localdate().year
    inbox = housing.get("/office/letters/").content.decode()
    assert f"敦消委办督〔{year}〕1号" in inbox
    assert post(housing, letter, "receive").status_code == 302
    said = post(housing, letter, "answer", words="   ")
    assert said.status_code == 409 and "请写明内容" in said.content.decode()
    assert post(housing, letter, "answer", words="锁已拆除").status_code == 302
    assert post(hanxue, letter, "accept").status_code == 302
    assert Letter.objects.get(pk=letter.pk).state == "closed"
    timeline = hanxue.get(f"/office/hazards/{case}/").content.decode()
    assert f"/office/letters/{letter.pk}/" in timeline and "已销号" in timeline


def test_other_late_cases_of_the_same_department_are_offered_too(stage: Stage, office: Office):
    office.now -= 40 * office_day()
    late = [office.late_case(place=f"白山小区{n}号楼") for n in range(3)]
    page = stage.client("hanxue").get(f"/office/letters/new/?case={late[0]}&kind=supervision").content.decode()
    ticks = re.findall(r'name="matter" value="([0-9a-f-]{36})"( checked)?', page)
    assert {one for one, _ in ticks} == {str(case) for case in late}
    assert [one for one, ticked in ticks if ticked] == [str(late[0])]


def test_what_was_typed_is_not_lost_when_something_is_missing(stage: Stage, office: Office):
    case = office.late_case()
    sent = {"kind": "supervision", "region": COUNTY, "case": str(case), "matter": str(case), "language": "zh-ko"}
    sent |= {"title": "关于督办的函", "opening": "经查，……", "asks": "请整改。", "addressee": "住建局"}
    answer = stage.client("hanxue").post("/office/letters/new/", sent)
    page = answer.content.decode()
    assert answer.status_code == 422 and "关于督办的函" in page and 'id="title_ko-fault"' in page
    assert not Letter.objects.exists()


def test_a_risk_reminder_goes_to_the_department_that_was_chosen(stage: Stage, office: Office):
    client = stage.client("hanxue")
    page = client.get("/office/letters/new/?kind=reminder").content.decode()
    sent = form_of(page) | {"department": "housing", "body": COUNTY, "language": "zh"}
    assert sent["addressee"] == ""
    assert client.post("/office/letters/new/", sent).status_code == 302
    letter = Letter.objects.get(county=COUNTY)
    assert (letter.to_department, letter.addressee) == ("housing", "敦化市住房和城乡建设主管部门")
    again = client.post("/office/letters/new/", sent | {"department": ""})
    assert again.status_code == 422 and Letter.objects.count() == 1


def test_the_language_of_the_letter_is_not_the_language_of_the_page(stage: Stage, office: Office):
    page = stage.client("hanxue").get("/office/letters/new/?kind=reminder").content.decode()
    switch = page.partition('class="who')[2].partition("</nav>")[0]
    assert "조선말" in switch and "中文和朝鲜文" not in switch


@pytest.mark.parametrize("login", OUTSIDERS)
def test_no_address_of_a_letter_opens_from_outside(stage: Stage, office: Office, login: str):
    letter = office.issued(cases=(office.late_case(),))
    client = stage.client(login)
    for address in (f"/office/letters/{letter.pk}/", f"/office/letters/{letter.pk}/print/",
                    f"/office/letters/{letter.pk}.docx", f"/office/letters/{letter.pk}/revise/"):  # fmt: skip
        assert client.get(address).status_code == 404, address
    for act in ("receive", "answer", "withdraw", "accept", "issue"):
        assert post(client, letter, act, words="x").status_code == 404
    listed = client.get("/office/letters/").content.decode()
    assert str(letter.pk) not in listed and letter.number not in listed


def test_a_department_sees_its_letters_and_no_drafts(stage: Stage, office: Office):
    ours = office.issued(cases=(office.late_case(),))
    draft = office.drafted(cases=(office.late_case(place="丹江小区"),))
    page = stage.client("zhoumin").get("/office/letters/").content.decode()
    assert str(ours.pk) in page and str(draft.pk) not in page


def test_the_list_costs_the_same_however_long(stage: Stage, office: Office):
    client = stage.client("hanxue")
    for _ in range(3):
        office.drafted("reminder")
    client.get("/office/letters/")
    with CaptureQueriesContext(connection) as few:
        client.get("/office/letters/")
    for _ in range(60):
        office.now += office_day() / 1000
        office.drafted("reminder")
    with CaptureQueriesContext(connection) as many:
        first = client.get("/office/letters/").content.decode()
    assert len(few) == len(many) <= MOST_STATEMENTS, [one["sql"][:80] for one in many.captured_queries]
    following = re.search(r'rel="next" href="([^"]+)"', first)[1].replace("&amp;", "&")
    second = client.get(following).content.decode()
    seen = [re.findall(r'href="/office/letters/([0-9a-f-]{36})/"', page) for page in (first, second)]
    assert (len(seen[0]), len(seen[1])) == (50, 13) and not set(seen[0]) & set(seen[1])


def test_filters_narrow_the_list(stage: Stage, office: Office):
    letter, reminder = office.issued(cases=(office.late_case(),)), office.drafted("reminder")
    client = stage.client("hanxue")
    assert str(reminder.pk) not in client.get("/office/letters/?state=issued").content.decode()
    assert str(letter.pk) not in client.get("/office/letters/?kind=reminder").content.decode()
    assert str(letter.pk) not in client.get("/office/letters/?late=1").content.decode()


@pytest.mark.parametrize("language", ["zh", "zh-ko"])
def test_the_word_document_holds_the_letter_and_opens(stage: Stage, office: Office, tmp_path, language: str):
    letter = office.issued(cases=(office.late_case(place="白山小区7号楼"),), language=language)
    answer = stage.client("hanxue").get(f"/office/letters/{letter.pk}.docx")
    path = tmp_path / "letter.docx"
    path.write_bytes(answer.content)
    document = Document(io.BytesIO(answer.content))
    paragraphs = [one.text for one in document.paragraphs if one.text]
    tongues = {(one.name[:2], *one.element.xpath("w:rPr/w:lang/@w:eastAsia")) for one in document.styles}
    assert ("函件", "zh-CN") in tongues and (language == "zh" or ("조선", "ko-KR") in tongues)
    assert letter.number == paragraphs[0] and any("白山小区7号楼" in one for one in paragraphs)
    assert not any("{{" in one or "{%" in one for one in paragraphs)
    assert any("앞까지" in one or "까지" in one for one in paragraphs) is (language == "zh-ko")
    office_program = shutil.which("soffice")
    if office_program is None:
        pytest.skip("LibreOffice is not on this machine: the pages were not looked at")
    asked = [office_program, f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "pdf"]
    subprocess.run([*asked, "--outdir", str(tmp_path), str(path)], check=True, capture_output=True, timeout=120)
    pages = pypdfium2.PdfDocument(str(tmp_path / "letter.pdf"))
    text = "".join(page.get_textpage().get_text_range() for page in pages)
    assert len(pages) == (1 if language == "zh" else len(pages)) and "消防救援委员会办公室" in text
    assert "".join(letter.number.split()) in "".join(text.split())


def test_the_scan_with_the_seal_is_kept_with_the_letter_and_shown_to_both_sides_only(stage: Stage, office: Office):
    from random import Random

    from shouwang.domains.files.queries import attachments_of
    from shouwang.simulation.pictures import photo

    letter = office.issued(cases=(office.late_case(),))
    scan = io.BytesIO(photo(Random(3), cleared=True))
    scan.name = "stamped.jpg"
    assert post(stage.client("hanxue"), letter, "stamp", papers=scan).status_code == 302
    (kept,) = attachments_of(COUNTY, letter.pk)
    address = f"/files/{letter.pk}/{kept.id}/"
    assert stage.client("zhoumin").get(address).status_code == 200
    for login in OUTSIDERS:
        assert stage.client(login).get(address).status_code == 404


def office_day():
    from datetime import timedelta

    return timedelta(days=1)
