"""报隐患 as a plain form: what a phone without scripts sends, what comes back, and what is never lost."""

import re
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from shouwang.domains.files.queries import attachments_of
from shouwang.domains.hazards.models import Case
from tests.cast import COMMUNITY, GRID, NEXT_COMMUNITY, NEXT_GRID, STREET
from tests.faces.stage import AFTER, BEFORE, Stage

FORM = "/phone/"
OPENED = "2026-11-20T09:00:00+08:00"


def taken(name: str = "before", data: bytes = BEFORE.data) -> dict[str, SimpleUploadedFile]:
    return {name: SimpleUploadedFile(f"{name}.jpg", data, "image/jpeg")}


def sheet(**more: object) -> dict[str, object]:
    made = {"key": str(uuid4()), "region": GRID, "kind": "wiring", "taken": OPENED}
    return {**made, **more}


def newest() -> Case:
    return Case.objects.latest("reported_at")


def test_photo_and_tile_are_enough(stage: Stage):
    answer = stage.client("liming").post(FORM, sheet(**taken()))
    case = newest()
    assert answer.status_code == 303 and answer.headers["Location"] == f"/phone/done/{case.id}/"
    assert (case.kind, case.region, case.channel, case.state) == ("wiring", GRID, "patrol", "assigned")
    assert [file.purpose for file in attachments_of(case.county, case.id)] == ["before"]


def test_the_reporter_reads_who_acts_by_when_why_and_the_code(stage: Stage):
    client = stage.client("liming")
    page = client.get(client.post(FORM, sheet(**taken())).headers["Location"]).content.decode()
    assert newest().code in page
    assert "渤海街道" in page and "消防工作站" in page and "最迟" in page
    assert "一般隐患" in page and 'href="/clauses/02-06/"' in page


def test_a_photo_of_the_result_says_that_it_was_fixed(stage: Stage):
    stage.client("liming").post(FORM, sheet(**taken(), **taken("after", AFTER.data)))
    case = newest()
    assert (case.state, case.department) == ("submitted", "grid")
    assert {file.purpose for file in attachments_of(case.county, case.id)} == {"before", "after"}


def test_sent_twice_it_is_reported_once(stage: Stage):
    client, told = stage.client("liming"), sheet()
    first = client.post(FORM, {**told, **taken()})
    again = client.post(FORM, {**told, **taken()})
    assert first.headers["Location"] == again.headers["Location"]
    assert Case.objects.filter(id__in=[newest().id]).count() == 1
    assert Case.objects.count() == len(stage.cases) + 1


def test_without_a_tile_everything_entered_stands_there_again(stage: Stage):
    client = stage.client("liming")
    told = sheet(kind="", place="白山小区3号楼", note="插座烧黑了", site="old_compound")
    page = client.post(FORM, {**told, **taken()})
    text = page.content.decode()
    assert page.status_code == 422 and "选择隐患类型" in text
    assert str(told["key"]) in text
    assert "白山小区3号楼" in text and "插座烧黑了" in text and 'value="old_compound" selected' in text
    slip = re.search(r'name="held_before" value="([^"]+)"', text)
    assert slip
    assert client.get(f"/phone/held/{slip[1]}/").headers["Content-Type"] == "image/jpeg"
    done = client.post(FORM, {**told, "kind": "wiring", "held_before": slip[1]})
    assert done.status_code == 303
    assert len(attachments_of(newest().county, newest().id)) == 1


def test_a_held_photo_opens_to_nobody_else(stage: Stage):
    text = stage.client("liming").post(FORM, {**sheet(kind=""), **taken()}).content.decode()
    slip = re.search(r'name="held_before" value="([^"]+)"', text)
    assert slip
    neighbour = stage.client("sunyulan")
    assert neighbour.get(f"/phone/held/{slip[1]}/").status_code == 404
    neighbour.post(FORM, sheet(region=NEXT_GRID, held_before=slip[1]))
    assert attachments_of(newest().county, newest().id) == []
    assert stage.client("liming").get(f"/phone/held/{slip[1][:-2]}xx/").status_code == 404


def test_what_is_no_photo_is_named_and_the_rest_is_kept(stage: Stage):
    page = stage.client("liming").post(FORM, sheet(note="楼道里", **taken(data=b"MZ not a photo")))
    assert page.status_code == 422
    assert "只收 JPEG" in page.content.decode() and "楼道里" in page.content.decode()
    assert Case.objects.count() == len(stage.cases)


def test_the_place_is_taken_when_it_is_one_and_left_out_when_not(stage: Stage):
    client = stage.client("liming")
    client.post(FORM, sheet(lon="128.2317", lat="43.3726", accuracy="12.5"))
    assert (newest().lon, newest().lat, newest().accuracy) == (128.2317, 43.3726, 12.5)
    client.post(FORM, sheet(lon="somewhere", lat="43.3726", accuracy="12.5"))
    assert (newest().lon, newest().lat, newest().accuracy) == (None, None, None)


def test_the_header_names_village_and_grid(stage: Stage):
    page = stage.client("liming").get(FORM).content.decode()
    assert "红旗社区 · " in page
    assert '<select name="region"' not in page


def test_whoever_has_several_grids_chooses(stage: Stage):
    page = stage.client("jinhao").get(FORM).content.decode()
    assert '<select name="region"' in page
    assert all(f'<option value="{area}"' in page for area in (STREET, COMMUNITY, NEXT_COMMUNITY))


@pytest.mark.parametrize("region", [NEXT_GRID, "222401", "nowhere"])
def test_nobody_reports_outside_their_grid(stage: Stage, region: str):
    assert stage.client("liming").post(FORM, sheet(region=region)).status_code == 422
    assert Case.objects.count() == len(stage.cases)


def test_without_a_post_there_is_no_form(stage: Stage):
    assert stage.client("liuyang").get(FORM).status_code == 403


def test_the_outbox_gets_a_receipt_that_names_its_key(stage: Stage):
    client, told = stage.client("liming"), sheet()
    first = client.post(FORM, {**told, **taken()}, headers={"Accept": "application/json"})
    again = client.post(FORM, {**told, **taken()}, headers={"Accept": "application/json"})
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json()["key"] == again.json()["key"] == told["key"]
    assert first.json()["id"] == again.json()["id"]


def test_the_outbox_hears_which_field_is_wrong_and_why(stage: Stage):
    answer = stage.client("liming").post(FORM, sheet(kind="dragon"), headers={"Accept": "application/json"})
    assert answer.status_code == 422
    assert list(answer.json()["faults"]) == ["kind"] and answer.json()["faults"]["kind"]


def test_a_stored_report_keeps_the_hour_it_was_made(stage: Stage):
    stage.client("liming").post(FORM, sheet(taken="2026-11-01T08:30:00+08:00", **taken()))
    assert newest().found_at.isoformat().startswith("2026-11-01T00:30")


def test_a_stored_report_of_somebody_without_a_post_hears_why(stage: Stage):
    answer = stage.client("liuyang").post(FORM, sheet(key="k"), headers={"Accept": "application/json"})
    assert answer.status_code == 422 and answer.json()["key"] == "k"
    assert answer.json()["faults"][""]
