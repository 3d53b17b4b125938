"""What the house tells: one digest a day until it is seen; letters and interviews on the list of who must act."""

import re

from shouwang.domains.duties.models import Notice, Step
from shouwang.flows.climb_ladder import climb_ladder
from tests.cast import COUNTY, GRID
from tests.task_story import DAY, Street


def followed(street: Street) -> Street:
    """A month of working days on which the house takes its steps."""
    for days in range(40):
        climb_ladder(COUNTY, now=street.now + days * DAY)
    return street


def text(street: Street, login: str, path: str, language: str = "zh-hans") -> str:
    answer = street.client(login, language).get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_many_steps_of_a_day_are_one_line(street_today: Street):
    followed(street_today)
    page = text(street_today, "hanxue", "/office/tasks/notices/")
    assert "2 项须发督办函" in page and "每月研判会 · 敦化市 渤海街道" in page
    assert page.count("项须发督办函") == 1
    assert "서한을 보낼 건 2개" in text(street_today, "hanxue", "/office/tasks/notices/", "ko")


def test_ninety_missed_days_are_one_matter_not_ninety(street_today: Street):
    followed(street_today)
    assert Step.objects.filter(duty="t_daily", region=GRID, rung="level_up").count() == 1
    assert Step.objects.filter(duty="t_daily", region=GRID).count() == 4


def test_seen_it_is_gone_and_what_came_meanwhile_stays(street_today: Street):
    followed(street_today)
    client = street_today.client("cuizhe")
    early = (street_today.now + DAY / 2).isoformat()
    assert client.post("/office/tasks/notices/", {"until": early}).status_code == 303
    assert "项任务已逾期" in text(street_today, "cuizhe", "/office/tasks/notices/")
    Notice.objects.update(at=street_today.now)
    client.post("/office/tasks/notices/", {"until": ""})
    assert "没有新通知" in text(street_today, "cuizhe", "/office/tasks/notices/")
    assert Notice.objects.filter(seen_at=None).exists(), "others have not seen theirs"


def test_the_letter_stands_with_the_office_that_writes_it_until_the_duty_is_met(street_today: Street):
    followed(street_today)
    page = text(street_today, "hanxue", "/office/tasks/follow-up/")
    assert "须发督办函" in page and "须约谈" in page and "每月研判会" in page
    line = next(one for one in page.split("<li>") if "每月研判会" in one and "须发督办函" in one)
    address = re.search(r'href="(/office/letters/new/\?standing=[^"]+)"', line)[1].replace("&amp;", "&")
    draft = text(street_today, "hanxue", address)
    # 事由、主送、答复时限都已填好。
    assert "每月研判会" in draft and "消防工作站" in draft and "个工作日内书面回复" in draft
    assert "每月研判会" not in text(street_today, "cuizhe", "/office/tasks/follow-up/")
    before = page.count("须发督办函")
    for days in (45, 75):
        meeting = street_today.now.replace(day=1) - days * DAY
        street_today.left("record.meeting", "222403001", {"kind": "analysis"}, at=meeting)
    street_today.pass_to(street_today.now)
    assert text(street_today, "hanxue", "/office/tasks/follow-up/").count("须发督办函") == before - 1


def test_what_the_county_could_not_settle_shows_above(street_today: Street):
    followed(street_today)
    assert "报上一级" in text(street_today, "quanzhenhu", "/office/tasks/follow-up/")
    assert "报上一级" not in text(street_today, "zhangzhiqiang", "/office/tasks/follow-up/").partition("<main")[2]


def test_the_outsider_and_the_next_village_are_told_nothing(street_today: Street):
    followed(street_today)
    for login in ("liuyang", "sunyulan", "hele"):
        assert "没有新通知" in text(street_today, login, "/office/tasks/notices/") or login == "sunyulan"
        assert "每月研判会" not in text(street_today, login, "/office/tasks/notices/")
