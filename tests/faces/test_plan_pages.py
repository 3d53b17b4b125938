"""The yearly plan on screen, on paper and as a table; every act from its page, every refusal with its reason."""

import io

from python_calamine import load_workbook

from tests.cast import COUNTY, NEXT_STREET, STREET
from tests.task_story import Street

YEAR = 2026
PAGE = f"/office/plan/{STREET}/{YEAR}/"


def act(street: Street, login: str, name: str, **told: str):
    return street.client(login).post(f"{PAGE}{name}/", told)


def text(street: Street, login: str, path: str = PAGE, language: str = "zh-hans") -> str:
    answer = street.client(login, language).get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_from_the_draft_to_the_approval_on_the_screen(street: Street):
    assert "按职责生成草稿" in text(street, "cuizhe")
    assert act(street, "cuizhe", "start").status_code == 303
    assert act(street, "cuizhe", "add", title="敬老院用电专项检查", day="2026-12-10").status_code == 303
    page = text(street, "cuizhe")
    assert "敬老院用电专项检查" in page and "2026-12-01 – 2026-12-31" in page and "提交审批" in page
    assert act(street, "cuizhe", "hand_in").status_code == 303
    assert "批准" in text(street, "wangjianguo")
    assert act(street, "wangjianguo", "approve").status_code == 303
    done = text(street, "cuizhe")
    assert "已批准" in done and "王建国" in done and "新版本" in done and "提交审批" not in done


def test_an_item_keeps_what_was_typed_when_the_day_does_not_fit(street: Street):
    act(street, "cuizhe", "start")
    path = f"{PAGE}item/"
    assert 'min="2026-12-01" max="2026-12-31"' in text(street, "cuizhe", f"{path}?key=t_meeting%7C2026-12")
    told = {"key": "t_meeting|2026-12", "day": "2026-11-30", "note": "结合冬春火灾防控"}
    answer = street.client("cuizhe").post(path, told)
    page = answer.content.decode()
    assert answer.status_code == 422 and "日期须在该事项的期限内" in page
    assert "2026-11-30" in page and "结合冬春火灾防控" in page
    assert street.client("cuizhe").post(path, {**told, "day": "2026-12-08"}).status_code == 303
    assert "2026-12-08" in text(street, "cuizhe")


def test_a_refusal_says_why_and_under_which_clause(street: Street):
    act(street, "cuizhe", "start")
    act(street, "cuizhe", "hand_in")
    answer = act(street, "cuizhe", "approve")
    assert answer.status_code == 409 and "/clauses/03-11/" in answer.content.decode()


def test_who_may_not_see_it_finds_nothing(street: Street):
    act(street, "cuizhe", "start")
    for login in ("liuyang", "liming", "sunyulan"):
        for path in (PAGE, f"{PAGE}print/", f"{PAGE}plan.xlsx", f"{PAGE}item/?key=t_meeting%7C2026-12"):
            assert street.client(login).get(path).status_code == 404
    assert street.client("cuizhe").get(f"/office/plan/{NEXT_STREET}/{YEAR}/").status_code == 404
    assert street.client("cuizhe").get(f"/office/plan/{COUNTY}/{YEAR}/").status_code == 404


def test_the_table_says_the_same_as_the_page_and_runs_no_formula(street: Street):
    act(street, "cuizhe", "start")
    act(street, "cuizhe", "add", title="=1+1")
    answer = street.client("cuizhe").get(f"{PAGE}plan.xlsx")
    rows = load_workbook(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert rows[1][1] == "事项" and "渤海街道" in rows[0][0]
    assert [row[3] for row in rows if row[1] == "每月研判会"][0] == "2026年1月"
    assert any(row[1] == "=1+1" for row in rows)
    korean = street.client("cuizhe", "ko").get(f"{PAGE}plan.xlsx")
    assert load_workbook(io.BytesIO(korean.content)).get_sheet_by_index(0).to_python()[1][1] == "사항"


def test_the_county_sees_level_by_level_how_far_each_street_has_come(street: Street):
    act(street, "cuizhe", "start")
    page = text(street, "hanxue", f"/office/plan/{COUNTY}/{YEAR}/")
    assert "渤海街道" in page and "草稿" in page and "未编制" in page
    assert f"/office/plan/{STREET}/{YEAR}/" in page


def test_a_year_nobody_plans_and_a_made_up_area_are_not_there(street: Street):
    client = street.client("cuizhe")
    assert client.get(f"/office/plan/{STREET}/1999/").status_code == 404
    assert client.get("/office/plan/zzz/2026/").status_code == 404
    assert client.post(f"{PAGE}tick/", {}).status_code == 404
