"""辖区 on the screen: the tree, a unit's history, who covers a village, a change looked at before it is done."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from shouwang.domains.areas.models import Alias, Area
from shouwang.domains.ledger.models import Line
from tests.browser import Screen
from tests.cast import COMMUNITY, COUNTY, NEXT_COMMUNITY, NEXT_STREET, OUTSIDER, STREET
from tests.faces.adoption_stage import small
from tests.faces.looking import clipped, faults_of, spilt
from tests.faces.stage import TOWN, Stage
from tests.faces.test_office_screens import enter

KEEPER = "chenchen"  # 系统管理员陈晨
DOCUMENT = "敦政函〔2026〕7号"
# Session, line, facts, children, history (4), names, posts, bodies.
MOST_STATEMENTS = 13


@pytest.fixture
def stage(cast) -> Stage:
    return small(cast)


def today() -> str:
    return timezone.localdate().isoformat()


def sent(stage: Stage, act: str, area: str, login: str = KEEPER, **cells: str):
    typed = {"since": today(), "document": DOCUMENT, **cells}
    return stage.client(login).post(f"/office/areas/change/{act}/?area={area}", typed)


def page(stage: Stage, path: str, login: str = KEEPER) -> str:
    return stage.client(login).get(path).content.decode()


def test_the_keeper_walks_down_the_tree(stage: Stage):
    top = page(stage, "/office/areas/")
    assert "敦化市" in top and f"area={STREET}" in top
    street = page(stage, f"/office/areas/?area={STREET}")
    assert "渤海街道" in street and "统计代码" in street and f"area={COMMUNITY}" in street


def test_a_page_of_the_tree_asks_a_fixed_number_of_times(stage: Stage):
    client = stage.client(KEEPER)
    for area in (COUNTY, STREET, COMMUNITY):
        with CaptureQueriesContext(connection, ) as asked:
            assert client.get(f"/office/areas/?area={area}").status_code == 200
        assert len(asked) <= MOST_STATEMENTS


def test_whoever_keeps_no_areas_and_sees_no_people_sees_no_tree(stage: Stage):
    for login in ("liming", "jinhao", OUTSIDER.login):
        for path in ("", "coverage/", "change/merge/"):
            assert stage.client(login).get(f"/office/areas/{path}?area={STREET}").status_code == 404
    assert stage.client(KEEPER).get("/office/areas/?area=222401").status_code == 404
    assert stage.client("hanxue").get(f"/office/areas/?area={STREET}").status_code == 200
    assert stage.client("hanxue").get(f"/office/areas/change/merge/?area={STREET}").status_code == 404
    assert sent(stage, "merge", STREET, "hanxue", into=NEXT_STREET, sure="1").status_code == 404
    assert not Alias.objects.exists()


def test_a_merger_is_looked_at_first_and_says_whose_territory_grows(stage: Stage):
    looked = sent(stage, "merge", STREET, into=NEXT_STREET).content.decode()
    assert "尚未执行" in looked and "胜利街道" in looked and "消防工作站" in looked
    assert not Alias.objects.exists()
    done = sent(stage, "merge", STREET, into=NEXT_STREET, sure="1")
    assert done.status_code == 302
    assert Line.objects.filter(room="areas", act="merge", county=COUNTY).count() == 1
    old, heir = page(stage, f"/office/areas/?area={STREET}"), page(stage, f"/office/areas/?area={NEXT_STREET}")
    assert "已于" in old and "并入胜利街道" in old and DOCUMENT in old
    assert "渤海街道" in heir and f"area={COMMUNITY}" in heir


def test_a_wrong_field_is_named_and_nothing_typed_is_lost(stage: Stage):
    answer = sent(stage, "merge", STREET, into=COMMUNITY, zh="渤胜街道")
    text = answer.content.decode()
    assert answer.status_code == 422 and "同级" in text
    assert f'value="{COMMUNITY}"' in text and 'value="渤胜街道"' in text and f'value="{DOCUMENT}"' in text


def test_a_village_gives_off_a_part_and_is_renamed(stage: Stage):
    code = COMMUNITY[:9] + "099"
    assert sent(stage, "split", COMMUNITY, parts=f"{COMMUNITY}\n{code} 新旗社区", sure="1").status_code == 302
    assert "析出新旗社区" in page(stage, f"/office/areas/?area={COMMUNITY}")
    assert sent(stage, "rename", COMMUNITY, zh="红旗里社区居委会", sure="1").status_code == 302
    assert "此前名称：红旗社区" in page(stage, f"/office/areas/?area={COMMUNITY}")


def test_a_yearly_table_says_what_was_done_and_gives_the_rest_back(stage: Stage):
    rows = "变更,代码,并入,新名称,生效日期,文号\n"
    rows += f"合并,{NEXT_STREET},{STREET},,{today()},{DOCUMENT}\n更名,222403199,,某镇,{today()},{DOCUMENT}\n"
    file = SimpleUploadedFile("changes.csv", rows.encode("gb18030"))
    answer = stage.client(KEEPER).post(f"/office/areas/change/table/?area={COUNTY}", {"file": file})
    text = answer.content.decode()
    assert answer.status_code == 422 and "没有代码为 222403199 的辖区" in text and "某镇" in text
    assert Area.objects.get(region=NEXT_STREET).until == timezone.localdate()


def test_a_village_that_no_police_station_covers_is_found(stage: Stage):
    """金浩 covers 渤海街道, 北苑社区 and one more: the town's villages have nobody."""
    text = page(stage, f"/office/areas/coverage/?area={COUNTY}&department=police", "hanxue")
    villages = Area.objects.filter(county=COUNTY, level="village")
    uncovered = villages.filter(region__startswith=TOWN).first()
    assert uncovered.region in text and NEXT_COMMUNITY not in text.partition('id="gaps"')[2]
    assert COMMUNITY not in text.partition('id="gaps"')[2]
    inside = page(stage, f"/office/areas/coverage/?area={STREET}&department=police", "hanxue")
    assert "每个村（社区）都有人覆盖" in inside


def test_a_territory_follows_a_merger_and_the_overlap_shows(stage: Stage):
    from tests.cast import Member
    from tests.cast import enter as appointed

    away = Area.objects.filter(county=COUNTY, level="village", region__startswith=TOWN).first().region
    station = Member(
        login="townpolice", name="田野", region=TOWN, kind="police_officer", department="police", territory=(away,)
    )
    appointed(station)
    assert sent(stage, "merge", away, into=COMMUNITY, sure="1").status_code == 302
    text = page(stage, f"/office/areas/coverage/?area={COUNTY}&department=police", "hanxue")
    overlaps = text.partition('id="overlaps"')[2].partition("</section>")[0]
    assert COMMUNITY in overlaps and "渤海街道" in overlaps and "大石头镇" in overlaps


@pytest.mark.parametrize(("width", "tongue"), [(1440, "zh-hans"), (320, "ko")])
def test_every_page_is_open_to_all_and_whole(stage: Stage, live_server, screen: Screen, width: int, tongue: str):
    sent(stage, "rename", TOWN, zh="大石头新镇", ko="따스터우신진", sure="1")
    screens = enter(screen, live_server, stage, KEEPER, width=width, tongue=tongue)
    paths = [
        "/office/areas/", f"/office/areas/?area={TOWN}", f"/office/areas/coverage/?area={COUNTY}",
        *(f"/office/areas/change/{act}/?area={TOWN}" for act in ("merge", "split", "rename", "rerank")),
    ]  # fmt: skip
    for path in paths:
        screens.goto(path)
        assert (path, faults_of(screens)) == (path, [])
        assert (path, spilt(screens)) == (path, [])
    screens.goto(f"/office/areas/change/merge/?area={TOWN}")
    screens.fill("#into", STREET)
    screens.fill("#document", DOCUMENT)
    screens.click("main form button.go")
    assert (faults_of(screens), clipped(screens)) == ([], [])
    screens.click("main form button.go")
    assert "done=merge" in screens.url and not faults_of(screens)


def test_a_record_on_paper_keeps_the_name_of_its_day(stage: Stage):
    from shouwang.domains.areas.history import path_on
    from shouwang.domains.areas.queries import path_of

    sent(stage, "rename", STREET, zh="渤海新街道", sure="1")
    yesterday = timezone.localdate() - timedelta(days=1)
    assert path_of(COMMUNITY) == "敦化市 渤海新街道 红旗社区"
    assert path_on(COMMUNITY, yesterday) == "敦化市 渤海街道 红旗社区"
    assert path_on(COMMUNITY, timezone.localdate()) == path_of(COMMUNITY)
