"""The sheet goes out in Word, is edited and signed, and comes back: every place is read, every fault names its row."""

import zipfile
from io import BytesIO

import pytest
from django.utils import translation
from docx import Document
from docx.oxml.ns import qn
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shouwang.domains.adoptions.models import Adoption
from shouwang.domains.adoptions.word_reading import Entry, NoSheet, read_sheet
from shouwang.domains.adoptions.word_sheet import TICK, Head, Line, word_sheet
from shouwang.domains.files.checking import FileRefused
from shouwang.domains.files.queries import attachments_of
from shouwang.domains.ledger.models import Line as Kept
from shouwang.domains.ledger.verifying import verify
from shouwang.flows.adopt_values import adopt_values
from shouwang.flows.adoption_paper import KEPT_FOR, paper_of, take_paper
from shouwang.flows.adoption_sheet import Sheet
from shouwang.flows.keep_house import catch_up
from shouwang.flows.refusal import NotSeen, Refused, Unfit
from shouwang.flows.see_values import see_paper
from tests.cast import COUNTY, OUTSIDER
from tests.flows.adoption_story import GENERAL, MINOR, TUESDAY, WHISTLE, YANJI, bring_in_counties
from tests.prefectures import here

HEAD = Head(
    place="敦化市", region=COUNTY, number="敦消委办〔2026〕5号", signed_on="2026-11-20", signer="郭强",
    effective_from="2026-11-24",
)  # fmt: skip
LINES = (
    Line(id=MINOR, label="轻微隐患整改时限", now="24 (建议值)", value="24", unit="小时", tick=TICK),
    Line(id=GENERAL, label=here("一般隐患整改时限"), now="5 (建议值)", value="5", unit="个工作日"),
    Line(id=WHISTLE, label="部门报到时限", now="未填写", value="", unit="小时"),
)


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    settings.HOME = tmp_path


def edited(data, *changes, table=1):
    """The file after somebody wrote into cells: (row, column, text)."""
    document = Document(BytesIO(data))
    for row, column, text in changes:
        document.tables[table].cell(row, column).text = text
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def made(language="zh"):
    return word_sheet(HEAD, LINES, language=language)


@pytest.mark.parametrize("language", ["zh", "ko", "en"])
def test_what_goes_out_comes_back_as_it_was(language):
    back = read_sheet(made(language))
    assert back.faults == ()
    assert back.places == {
        "number": HEAD.number, "signed_on": HEAD.signed_on, "signer": HEAD.signer,
        "effective_from": HEAD.effective_from, "region": COUNTY,
    }  # fmt: skip
    assert back.entries == {
        MINOR: Entry(ticked=True, text="24"),
        GENERAL: Entry(ticked=False, text="5"),
        WHISTLE: Entry(ticked=False, text=""),
    }


def test_it_is_laid_out_as_official_documents_are():
    document = Document(BytesIO(made()))
    section = document.sections[0]
    millimetres = [round(length.mm) for length in (
        section.page_width, section.page_height, section.top_margin, section.left_margin, section.bottom_margin,
        section.right_margin,
    )]  # fmt: skip
    assert millimetres == [210, 297, 37, 28, 35, 26]
    styles = {
        style.name: style.element.rPr.rFonts.get(qn("w:eastAsia"))
        for style in document.styles
        if style.element.rPr is not None and style.element.rPr.rFonts is not None
    }
    assert (styles["公文标题"], styles["公文正文"], styles["公文小标题"]) == (
        "方正小标宋简体",
        "仿宋_GB2312",
        "黑体",
    )
    with zipfile.ZipFile(BytesIO(made())) as parts:
        fonts = parts.read("word/fontTable.xml").decode()
    assert 'w:name="方正小标宋简体"><w:altName w:val="宋体"' in fonts


def test_an_office_may_edit_the_template_in_its_own_folder(tmp_path):
    own = Document(BytesIO(made()))
    own.paragraphs[0].text = "敦化市消防参数采纳单（{{ number }}）"
    (tmp_path / "letters").mkdir()
    own.save(tmp_path / "letters" / "adoption-sheet.zh.docx")
    assert Document(BytesIO(made())).paragraphs[0].text == "敦化市消防参数采纳单（敦消委办〔2026〕5号）"


@pytest.mark.parametrize(
    "tick, ticked",
    [
        ("√", True),
        ("☑", True),
        (" 是 ", True),
        ("V", True),
        ("采纳", True),
        ("", False),
        ("×", False),
        ("不采纳", False),
    ],
)
def test_ticks_are_read_as_people_make_them(tick, ticked):
    assert read_sheet(edited(made(), (2, 0, tick))).entries[GENERAL].ticked is ticked


def test_each_row_that_cannot_be_read_is_named():
    data = edited(made(), (1, 0, "大概"), (2, 5, MINOR), (3, 5, ""), (3, 3, "2"))
    assert read_sheet(data).faults == (
        "第 1 行（轻微隐患整改时限）：“采纳”栏的“大概”看不懂，请打“√”或留空。",
        "第 3 行（部门报到时限）：缺少编号。",
    )
    with translation.override("ko"):
        twice = edited(made(), (2, 5, MINOR))
        assert read_sheet(twice).faults == (f"2행({here('一般隐患整改时限')}): 두번 나옵니다.",)


def test_a_document_without_the_table_is_told_apart():
    empty = BytesIO()
    Document().save(empty)
    with pytest.raises(NoSheet, match="没有带“编号”一栏的参数表"):
        read_sheet(empty.getvalue())
    with pytest.raises(NoSheet):
        read_sheet(b"PK not a document")


words = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=20)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(words, words, st.booleans()), min_size=1, max_size=5))
def test_whatever_stands_in_the_cells_survives_the_way_out_and_back(told):
    lines = [
        Line(id=f"p.{n}", label=label, now="", value=value, unit="", tick=TICK if ticked else "")
        for n, (label, value, ticked) in enumerate(told)
    ]
    back = read_sheet(word_sheet(HEAD, lines, language="zh"))
    assert back.faults == ()
    assert [(e.ticked, e.text) for e in back.entries.values()] == [(t, v.strip()) for _, v, t in told]


@pytest.mark.django_db
def test_nothing_is_adopted_by_handing_it_in_and_the_file_stays_with_the_sheet(cast):
    bring_in_counties()
    data = edited(made(), (3, 3, "2小时"))
    paper = take_paper(cast["hanxue"], COUNTY, data, now=TUESDAY)
    assert Adoption.objects.count() == 0 and not Kept.objects.filter(room="adoptions").exists()
    values = {name: entry.text for name, entry in paper.read.entries.items() if entry.text}
    places = {name: text for name, text in paper.read.places.items() if name != "region"}
    kept = paper_of(cast["hanxue"], COUNTY, paper.slip, now=TUESDAY)
    sheet = Sheet(region=COUNTY, values=values, paper=kept, **places)
    done = adopt_values(cast["hanxue"], sheet, now=TUESDAY)
    (file,) = attachments_of(COUNTY, done.id)
    seen = see_paper(cast["zhangzhiqiang"], done.id, file.id)
    assert seen.path.read_bytes() == data
    with pytest.raises(NotSeen):
        see_paper(cast[OUTSIDER.login], done.id, file.id)
    catch_up(now=TUESDAY)
    assert verify(COUNTY).faults == []


@pytest.mark.django_db
def test_the_slip_is_of_one_person_one_area_and_a_week(cast):
    slip = take_paper(cast["hanxue"], COUNTY, made(), now=TUESDAY).slip
    assert paper_of(cast["hanxue"], COUNTY, "", now=TUESDAY) == ""
    for login, area, text, now in (
        ("guoqiang", COUNTY, slip, TUESDAY),
        ("hanxue", YANJI, slip, TUESDAY),
        ("hanxue", COUNTY, slip + "x", TUESDAY),
        ("hanxue", COUNTY, slip, TUESDAY + 2 * KEPT_FOR),
    ):
        with pytest.raises(Unfit):
            paper_of(cast[login], area, text, now=now)


@pytest.mark.django_db
def test_what_is_no_sheet_of_this_office_is_refused(cast):
    with pytest.raises(Refused):
        take_paper(cast["gaofeng"], COUNTY, made(), now=TUESDAY)
    with pytest.raises(Unfit) as told:
        take_paper(cast["hanxue"], COUNTY, edited(made(), (5, 1, YANJI), table=0), now=TUESDAY)
    assert told.value.fields == {"file": f"这份采纳单是辖区 {YANJI} 的，不是本辖区的。"}
    for data in (b"", b"%PDF-1.4", packed({"word/document.xml": b""}), with_macros()):
        with pytest.raises(FileRefused):
            take_paper(cast["hanxue"], COUNTY, data, now=TUESDAY)


def packed(parts):
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in parts.items():
            file.writestr(name, data)
    return out.getvalue()


def with_macros():
    with zipfile.ZipFile(BytesIO(made())) as file:
        parts = {name: file.read(name) for name in file.namelist()}
    return packed({**parts, "word/vbaProject.bin": b"x"})
