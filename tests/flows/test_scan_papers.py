"""Filled pages come back: one or many, photographed or scanned, upside down, of one form or of several."""

import io

import pytest
import segno
from PIL import Image, ImageDraw

from shouwang.domains.files.checking import FileRefused
from shouwang.domains.ledger.verifying import verify
from shouwang.domains.records.models import PaperReturn, Record
from shouwang.flows.enter_record import Entry, enter_record
from shouwang.flows.hold_photo import held_photo
from shouwang.flows.keep_house import catch_up
from shouwang.flows.paper_pages import code_typed, find_pages, made_from, written
from shouwang.flows.print_forms import print_forms, print_record, printed
from shouwang.flows.record_papers import Paper
from shouwang.flows.refusal import Unfit
from shouwang.flows.scan_papers import Scan, scan_papers
from tests.cast import COMMUNITY, COUNTY, NEXT_STREET, STREET
from tests.faces.paper_story import askew, blurred, dim, jpeg, pdf, turned
from tests.flows.records_story import MORNING, OWNER, OWNERS, entered, entry, pack_with, settle_areas
from tests.prefectures import here

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def home(settings, tmp_path, db):
    settings.HOME = tmp_path
    settle_areas()


def page_for(actor, region=STREET, period="2026-11"):
    """A printed page of the month's meeting."""
    return printed(actor, print_forms(actor, here("meeting"), [region], period=period, now=MORNING))[0]


def sheet(code="") -> Image.Image:
    """A page full of lines; with a code where the printed one has it."""
    page = Image.new("L", (1240, 1754), 255)
    pen = ImageDraw.Draw(page)
    for y in range(400, 1700, 70):
        pen.line((90, y, 1150, y), fill=0, width=3)
    if code:
        drawn = io.BytesIO()
        segno.make(written(code), error="h", micro=False).save(drawn, kind="png", scale=6, border=4)
        page.paste(Image.open(drawn).convert("L"), (960, 70))
    return page


def seen(actor, *scans):
    return scan_papers(actor, [Scan(name=f"{n}.jpg", data=data) for n, data in enumerate(scans)], now=MORNING)


LIGHT = {
    "as it is": lambda one: one, "turned": lambda one: turned(one, 8), "on its side": lambda one: turned(one, 92),
    "upside down": lambda one: turned(one, 180), "dim": dim, "blurred": blurred, "askew": askew,
    "all at once": lambda one: dim(turned(askew(blurred(one), 0.08), -11)),
}  # fmt: skip


@pytest.mark.parametrize("light", LIGHT)
def test_a_photo_of_a_page_is_known_by_its_code(cast, light):
    page = page_for(cast["cuizhe"])
    (found,) = seen(cast["cuizhe"], jpeg(LIGHT[light](sheet(page.code))))
    assert (found.code, found.page, found.made, found.pages) == (page.code, page, None, 1)
    assert held_photo(cast["cuizhe"], found.slips[0], now=MORNING).media_type == "image/jpeg"


def test_a_pile_from_the_scanner_is_parted_into_its_forms(cast):
    first, second = page_for(cast["hanxue"]), page_for(cast["hanxue"], NEXT_STREET)
    pile = pdf([sheet(first.code), sheet(), turned(sheet(second.code), 180), sheet(second.code)])
    one, other = seen(cast["zhangzhiqiang"], pile)
    assert (one.page, one.pages) == (first, 2)
    # The head of one street's station enters nothing for the next street.
    assert (other.code, other.page, other.pages) == (second.code, None, 2)
    held = held_photo(cast["zhangzhiqiang"], one.slips[0], now=MORNING)
    assert held.media_type == "application/pdf" and held.path.read_bytes() != pile


def test_two_photos_of_one_form_are_one_form(cast):
    page = page_for(cast["cuizhe"])
    photos = [jpeg(sheet(page.code)), jpeg(turned(sheet(page.code), 3))]
    (found,) = seen(cast["cuizhe"], *photos)
    assert (found.pages, len(found.slips), found.names) == (2, 2, ("0.jpg", "1.jpg"))


def test_a_page_without_a_code_comes_in_all_the_same(cast):
    page = page_for(cast["cuizhe"])
    blank, known = seen(cast["cuizhe"], jpeg(sheet()), jpeg(sheet(page.code)))
    assert (blank.code, blank.page, blank.pages) == ("", None, 1) and blank.slips
    assert known.page == page
    typed = page.code.lower().replace("-", " ")
    assert find_pages(cast["cuizhe"], [code_typed(typed)]) == {page.code: page}


def test_other_codes_on_the_page_are_not_ours(cast):
    page = sheet()
    drawn = io.BytesIO()
    segno.make("https://example.com/x").save(drawn, kind="png", scale=6)
    page.paste(Image.open(drawn).convert("L"), (100, 70))
    assert [one.code for one in seen(cast["cuizhe"], jpeg(page))] == [""]


def on_paper(actor, page, *, key="p-1", **more):
    """What 崔哲 enters from the page, its scan as the minutes."""
    papers = (Paper(name="minutes", data=pdf([sheet(page.code)])),)
    told = entry(key=key, papers=papers, **more)
    return enter_record(actor, type(told)(**{**vars(told), "page": page.code, "way": "paper"}), now=MORNING)


def test_a_page_makes_one_record_however_often_it_is_scanned(cast):
    page = page_for(cast["cuizhe"])
    made = on_paper(cast["cuizhe"], page)
    record = Record.objects.get(id=made.id)
    assert (record.way, record.lacking, made_from(page)) == ("paper", False, record.id)
    (found,) = seen(cast["zhangzhiqiang"], jpeg(sheet(page.code)))
    assert found.made == record.id
    again = on_paper(cast["zhangzhiqiang"], page, key="p-2", topic="又录一次")
    assert (again.id, again.replayed, Record.objects.count()) == (record.id, True, 1)
    catch_up(now=MORNING)
    assert verify(COUNTY).faults == []


def test_the_printed_page_of_a_record_leads_back_to_it(cast):
    record = entered(cast["cuizhe"])
    (page,) = printed(cast["cuizhe"], print_record(cast["cuizhe"], record.id, now=MORNING))
    (found,) = seen(cast["cuizhe"], jpeg(sheet(page.code)))
    assert found.made == record.id


def test_a_page_of_another_body_or_type_is_refused(cast):
    page = page_for(cast["hanxue"], NEXT_STREET)
    with pytest.raises(Unfit) as unfit:
        on_paper(cast["cuizhe"], page)
    assert page.code in unfit.value.fields["page"]
    assert not PaperReturn.objects.exists()


NEXT_VERSION = OWNERS.replace("  levels: [village]", "  version: 2\n  levels: [village]") + (
    "    floors: {label: {zh: 层数, ko: 층수, en: Floors}, type: integer, required: true, since: 2}\n"
)


def test_a_page_of_an_old_version_is_entered_as_it_was_printed(cast, settings, tmp_path):
    settings.PACK = pack_with(tmp_path / "old", OWNERS)
    actor = cast["liuguozhu"]
    page = printed(actor, print_forms(actor, "rented_home", [COMMUNITY], now=MORNING))[0]
    settings.PACK = pack_with(tmp_path / "new", NEXT_VERSION)
    told = Entry(key="o-1", type="rented_home", region=COMMUNITY, values=OWNER, page=page.code, way="paper")
    record = Record.objects.get(id=enter_record(actor, told, now=MORNING).id)
    assert (page.form, record.form) == (1, 1) and "floors" not in record.values
    with pytest.raises(Unfit) as unfit:
        enter_record(actor, Entry(**{**vars(told), "key": "o-2", "page": ""}), now=MORNING)
    assert list(unfit.value.fields) == ["values.floors"]


def test_an_outsider_learns_nothing_from_a_code(cast):
    page = page_for(cast["cuizhe"])
    (found,) = seen(cast["liuyang"], jpeg(sheet(page.code)))
    assert (found.code, found.page, found.made) == (page.code, None, None)
    assert find_pages(cast["liuguozhu"], [page.code]) == {}


@pytest.mark.parametrize("data", [b"", b"no picture", b"%PDF-1.7 torn"])
def test_what_is_no_scan_says_so(cast, data):
    with pytest.raises(FileRefused):
        seen(cast["cuizhe"], data)
