"""责任体系: who answers for what, what each body lacks, and the way to close it; letters, wall chart, workbook."""

import io
import re
import tempfile
import zipfile
from pathlib import Path

import pytest
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from docx import Document
from python_calamine import CalamineWorkbook

from shouwang.domains.people.queries import account, posts_of
from shouwang.domains.people.services import By, deputise, end_post
from shouwang.flows.keep_house import catch_up
from tests.browser import Screen
from tests.cast import CAST, COMMUNITY, COUNTY, NEXT_COMMUNITY, NEXT_STREET, PACK, STREET
from tests.cast import enter as enrol
from tests.faces.looking import faults_of, spilt
from tests.faces.stage import DAY, Stage, owing_long, raised
from tests.faces.test_office_screens import enter

PAGE = "/office/responsibility/"
BY = By(actor=None, post="security_admin", pack=PACK)


def seen(stage: Stage, login: str, path: str) -> str:
    page = stage.client(login).get(PAGE + path)
    assert page.status_code == 200, path
    return re.sub(r"\s+", " ", page.content.decode())


def body(page: str, name: str) -> str:
    """The card of a body, without its tags."""
    card = next(one for one in re.findall(r"<article class=\"body.*?</article>", page) if f">{name}</" in one)
    return re.sub(r"<[^>]+>|\s+", " ", card)


def cell(page: str, area: str, duty: str) -> str:
    """What stands in the table for an area and a requirement."""
    found = re.search(rf'href="list/\?area={area}&amp;duty={duty}">(.*?)</a>', page)
    return re.sub(r"<[^>]+>|\s+", " ", found[1]).strip() if found else ""


class Responsibility(TestCase):
    """A county judged once; whatever a story changes, nothing of it stays."""

    @classmethod
    def setUpTestData(cls) -> None:
        cls.town = owing_long(raised({member.login: enrol(member) for member in CAST}, all_of_dunhua=True))

    def test_a_county_sees_its_townships_with_their_people_and_gaps(self):
        page = seen(self.town, "hanxue", f"?area={COUNTY}")
        ours, next_one = body(page, "渤海街道"), body(page, "胜利街道")
        assert "高峰" in ours and "乡镇(街道)党政主要负责人" in ours and "张志强" in ours
        assert "第一责任人在岗" not in ours and "工作站有专用办公室" in body(
            seen(self.town, "hanxue", f"?area={STREET}"), "渤海街道"
        )
        assert "没有登记人员" in next_one and "✕" in next_one and "方案二.1" in next_one
        assert (cell(page, STREET, "town_first_named"), cell(page, NEXT_STREET, "town_first_named")) == (
            "✓ 齐全",
            "✕ 缺",
        )
        assert cell(page, STREET, "village_first_named").startswith("1/")

    def test_what_is_lacking_says_why_and_leads_to_where_it_is_closed(self):
        page = seen(self.town, "zhangzhiqiang", f"?area={STREET}")
        ours = body(page, "渤海街道")
        assert "无法判定 · 缺少“专职消防队等级”" in ours and "去登记" in ours
        assert f"/office/records/premises/new/?area={STREET}" in page
        village = seen(self.town, "luoping", f"?area={STREET}&open={COMMUNITY}")
        assert "许淑兰" in village and "/clauses/" not in village.partition("matrix")[0].partition("org")[2]
        assert "第一责任人" not in body(village, "北苑社区"), (
            "who manages accounts does not know what is lacking"
        )

    def test_a_gap_closes_when_the_post_is_given_and_opens_when_it_ends(self):
        assert cell(seen(self.town, "hanxue", f"?area={COUNTY}"), STREET, "station_head_named") == "✓ 齐全"
        person = account("zhangzhiqiang")
        held = posts_of(person)[0]
        end_post(held, last_day=timezone.localdate(self.town.now) - DAY, by=BY, at=self.town.now)
        catch_up(now=self.town.now)
        page = seen(self.town, "hanxue", f"?area={COUNTY}")
        assert cell(page, STREET, "station_head_named") == "✕ 缺"
        assert "站长已任命" in body(seen(self.town, "hanxue", f"?area={STREET}"), "渤海街道")

    def test_a_deputy_is_shown_with_the_last_day(self):
        today = timezone.localdate(self.town.now)
        deputise(
            posts_of(account("gaofeng"))[0],
            account("wangjianguo"),
            since=today,
            until=today + 3 * DAY,
            by=BY,
            at=self.town.now,
        )
        ours = body(seen(self.town, "hanxue", f"?area={STREET}"), "渤海街道")
        assert f"王建国 代理至 {today + 3 * DAY:%m-%d}" in ours

    def test_units_open_in_place_and_close_again(self):
        page = seen(self.town, "hanxue", f"?area={COUNTY}&open={STREET}")
        assert "红旗社区" in page and "许淑兰" in body(page, "红旗社区")
        assert f"?area={COUNTY}&open={STREET},{COMMUNITY}" in page.replace("&amp;", "&")
        deeper = seen(self.town, "hanxue", f"?area={COUNTY}&open={STREET},{COMMUNITY},999,{COUNTY}")
        assert "许淑兰" in body(deeper, "红旗社区")
        assert "红旗社区" not in seen(self.town, "hanxue", f"?area={COUNTY}")

    def test_behind_each_number_stand_the_bodies(self):
        page = seen(self.town, "hanxue", f"list/?area={STREET}&duty=village_first_named&state=missing")
        assert "北苑社区" in page and "红旗社区" not in page and "村里第一责任人在岗" in page
        whole = seen(self.town, "hanxue", f"list/?area={COUNTY}&duty=village_first_named&state=missing")
        assert whole.count('class="item three"') == 50
        after = re.search(r"after=([0-9a-f~-]+)\"", whole)[1]
        following = seen(
            self.town, "hanxue", f"list/?area={COUNTY}&duty=village_first_named&state=missing&after={after}"
        )
        first, second = (set(re.findall(r"area=(222403\d{6})\"", one)) for one in (whole, following))
        assert len(first) == 50 and second and not first & second
        assert "红旗社区" in seen(
            self.town, "hanxue", f"list/?area={STREET}&duty=village_first_named&state=complete"
        )

    def test_nobody_looks_into_the_area_of_others(self):
        for login, area in (
            ("liuyang", ""), ("liming", ""), ("liuguozhu", ""), ("xushulan", ""), ("zhoumin", ""), ("chenchen", ""),
            ("zhangzhiqiang", NEXT_STREET), ("zhangzhiqiang", COUNTY), ("hanxue", "222401"), ("hanxue", "222400"),
            ("hanxue", "nonsense"), ("hanxue", "222403999"),
        ):  # fmt: skip
            client = self.town.client(login)
            for tail in ("", "list/", "chart/", "book.xlsx", "letters/", "letters/all.zh.zip"):
                assert client.get(f"{PAGE}{tail}?area={area}").status_code == 404, (login, area, tail)
        assert (
            self.town.client("zhangzhiqiang").get(f"{PAGE}letters/{NEXT_STREET}.zh.docx").status_code == 404
        )
        assert (
            self.town.client("zhangzhiqiang").get(f"{PAGE}letters/{NEXT_COMMUNITY}.zh.docx").status_code
            == 200
        )
        assert self.town.client("hanxue").get(f"{PAGE}letters/{COUNTY}.zh.docx").status_code == 404

    def test_the_prefecture_sees_its_counties(self):
        page = seen(self.town, "quanzhenhu", "")
        assert "敦化市" in page and "延吉市" in page and "李哲民" in body(page, "延边朝鲜族自治州")
        assert "韩雪" in body(page, "敦化市") and cell(page, COUNTY, "town_first_named").startswith("1/")

    def test_statements_do_not_grow_with_what_is_opened(self):
        client = self.town.client("hanxue")
        paths = (
            f"?area={COUNTY}",
            f"?area={COUNTY}&open={STREET},{NEXT_STREET},{COMMUNITY}",
            "?area=" + STREET,
        )
        counts = []
        for path in paths:
            with CaptureQueriesContext(connection) as asked:
                assert client.get(PAGE + path).status_code == 200
            counts.append(len(asked))
        assert max(counts) <= 8 and counts[0] == counts[1], counts
        for tail, most in (("list/", 6), ("letters/", 6), ("chart/", 9)):
            with CaptureQueriesContext(connection) as asked:
                client.get(f"{PAGE}{tail}?area={COUNTY}")
            assert len(asked) <= most, (tail, [q["sql"][:80] for q in asked.captured_queries])

    def test_the_workbook_holds_the_table_every_body_and_every_post(self):
        answer = self.town.client("hanxue").get(f"{PAGE}book.xlsx?area={COUNTY}")
        book = CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
        table, bodies, posts = (book.get_sheet_by_name(name).to_python() for name in book.sheet_names)
        row = next(one for one in table if one[0] == "渤海街道")
        assert row[table[0].index("第一责任人在岗")] == "1/1"
        told = {(one[1], one[3]): one[5] for one in bodies}
        assert told[STREET, "第一责任人在岗"] == "齐全" and told[NEXT_STREET, "第一责任人在岗"] == "缺"
        assert len([one for one in bodies if one[3] == "村里第一责任人在岗"]) > 200
        assert [STREET, "乡镇(街道)党政主要负责人", "", "高峰"] in [one[1:5] for one in posts]

    def test_the_letter_says_what_the_lower_body_owes_in_a_form_an_official_can_edit(self):
        answer = self.town.client("hanxue").get(f"{PAGE}letters/{STREET}.zh.docx")
        letter = Document(io.BytesIO(answer.content))
        said = "\n".join(one.text for one in letter.paragraphs)
        assert (
            "敦化市与渤海街道" in said and "消防安全责任书" in said and "{{" not in said and "{%" not in said
        )
        assert "01-02" in said and "08-02" in said and "每月至少1次" in said
        assert "01-14" not in said, "what villages owe is not the township's"
        section = letter.sections[0]
        assert [round(x.mm) for x in (section.page_width, section.page_height)] == [210, 297]
        assert [round(x.mm) for x in (section.top_margin, section.left_margin)] == [37, 28]
        assert 'w:eastAsia="方正小标宋简体"' in letter.styles["公文标题"].element.xml
        assert 'w:eastAsia="仿宋_GB2312"' in letter.styles["Normal"].element.xml
        both = Document(
            io.BytesIO(self.town.client("hanxue").get(f"{PAGE}letters/{STREET}.zh-ko.docx").content)
        )
        assert "매달 적어도 1번" in "\n".join(one.text for one in both.paragraphs)
        village = Document(
            io.BytesIO(self.town.client("zhangzhiqiang").get(f"{PAGE}letters/{COMMUNITY}.zh.docx").content)
        )
        told = "\n".join(one.text for one in village.paragraphs)
        assert "渤海街道与红旗社区" in told and "01-14" in told and "08-02" not in told

    def test_all_letters_of_a_county_come_in_one_file(self):
        answer = self.town.client("hanxue").get(f"{PAGE}letters/all.zh.zip?area={COUNTY}")
        packed = zipfile.ZipFile(io.BytesIO(answer.content))
        names = packed.namelist()
        assert f"{STREET}-渤海街道.docx" in names and len(names) >= 16
        assert all(Document(io.BytesIO(packed.read(name))).paragraphs for name in names[:3])

    def test_an_office_may_write_its_own_template(self):
        home = Path(self.enterContext(tempfile.TemporaryDirectory()))
        self.enterContext(self.settings(HOME=home))
        (home / "letters").mkdir()
        own = Document()
        own.add_paragraph("{{ lower }}的军令状 {{ lower.__class__.__mro__ }}")
        own.save(home / "letters" / "responsibility-letter.zh.docx")
        client = self.town.client("hanxue")
        refused = client.get(f"{PAGE}letters/{STREET}.zh.docx")
        assert refused.status_code == 422 and "responsibility-letter.zh.docx" in refused.content.decode()
        own = Document()
        own.add_paragraph("{{ lower }}的军令状")
        own.save(home / "letters" / "responsibility-letter.zh.docx")
        made = Document(io.BytesIO(client.get(f"{PAGE}letters/{STREET}.zh.docx").content))
        assert made.paragraphs[0].text == "渤海街道的军令状"


@pytest.mark.parametrize("width, tongue", [(1440, "zh-hans"), (320, "ko")])
def test_every_page_of_it_is_open_to_all_and_whole(stage, live_server, screen: Screen, width, tongue):
    page = enter(screen, live_server, stage, "hanxue", width=width, tongue=tongue)
    for tail in (
        f"?area={COUNTY}&open={STREET}",
        f"?area={STREET}",
        f"list/?area={STREET}",
        f"letters/?area={COUNTY}",
        f"chart/?area={STREET}",
    ):
        page.goto(PAGE + tail)
        assert (tail, faults_of(page)) == (tail, [])
        assert (tail, spilt(page)) == (tail, [])
