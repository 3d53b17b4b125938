"""Homes, visits and doors handed what no form of theirs would send: an answer that says why, never a fault of ours."""

import io
import re

import pytest
from django.core.cache import cache
from django.test import Client

from shouwang.domains.patrols.models import Visit
from shouwang.faces.phone.homes_import import columns
from shouwang.faces.workbook.writing import written_grid
from tests.cast import GRID, NEXT_GRID
from tests.faces.stage import Stage
from tests.faces.test_homes import HOUSE, PERSON, settled
from tests.faces.test_visits import SEEN

MANY = "9" * 5000


@pytest.fixture(autouse=True)
def fresh():
    cache.clear()


@pytest.mark.parametrize("more", [{"version": "²"}, {"version": MANY}, {"at": "0001-01-01T00:00:00+14:00"},
                                  {"at": "9999-12-31T23:59:59-14:00"}, {"at": "1-1"}])  # fmt: skip
def test_what_cannot_be_read_of_a_phone_loses_no_visit(stage: Stage, more: dict):
    home = settled(stage)
    done = stage.client("liming").post(f"/phone/homes/{home.id}/visit/", {**SEEN, **more})
    assert done.status_code == 303 and Visit.objects.get().version == 1
    assert stage.client("liming").get(done.headers["Location"]).status_code == 200


@pytest.mark.parametrize("more", [{"key": "k\0"}, {"key": "k" * 65}, {"key": ""}, {"look:a\0b": "ok"}])
def test_a_visit_that_cannot_be_kept_is_refused(stage: Stage, more: dict):
    home = settled(stage)
    assert stage.client("liming").post(f"/phone/homes/{home.id}/visit/", {**SEEN, **more}).status_code == 422
    assert not Visit.objects.exists()


@pytest.mark.parametrize("key", ["k\0", "k" * 65])
def test_a_key_that_cannot_be_kept_is_named_on_the_page(stage: Stage, key: str):
    home, client = settled(stage), stage.client("liming")
    for path, form in (("new/", {**HOUSE, "mark": "4-4"}), (f"{home.id}/people/", PERSON)):
        page = client.post(f"/phone/homes/{path}", {**form, "key": key})
        assert page.status_code == 422 and "编号" in page.content.decode() or "字符" in page.content.decode()


@pytest.mark.parametrize("after", ["x~\0", "\0~x", f"{GRID}~\0", "~", MANY])
def test_a_page_that_begins_nowhere_is_the_first(stage: Stage, after: str):
    settled(stage)
    client = stage.client("liming")
    assert "3-17" in client.get("/phone/homes/", {"after": after}).content.decode()
    assert client.post("/phone/homes/doors.pdf", {"after": after}).status_code == 200


@pytest.mark.parametrize("at", ["²", "--1", MANY, "-", "1\0"])
def test_a_position_that_cannot_be_read_is_the_whole_package(stage: Stage, at: str):
    client = stage.client("liming")
    held = client.get("/phone/package/").json()["since"]
    since = re.sub(r":[^:]*$", f":{at}", held)
    told = client.get("/phone/package/", {"since": since})
    assert told.status_code == 200 and all(part["whole"] for part in told.json()["parts"])


def test_a_code_of_no_county_opens_nothing_and_counts_as_a_miss(stage: Stage):
    home, stranger = settled(stage), Client()
    assert stranger.get("/d/24%00xaaaa/").status_code == 404
    tries = [stranger.get(f"/d/{number:04}%00{home.county[2:]}/").status_code for number in range(31)]
    assert tries[-1] == 429


def test_a_key_at_the_door_is_one_that_can_be_kept(stage: Stage):
    settled(stage)
    from tests.faces.test_doors import GOOD, printed

    assert Client().post(printed(stage), {"key": "k\0", **GOOD}).status_code == 422


def test_a_table_tells_nobody_which_doors_the_next_grid_has(stage: Stage):
    stage.client("sunyulan").post("/phone/homes/new/", {"key": "n", **HOUSE, "region": NEXT_GRID, "mark": "7-7"})
    client, names = stage.client("liming"), list(columns())
    for region, status in ((NEXT_GRID, 403), ("\0", 422), ("", 422)):
        for row in ({"mark": "7-7"}, {"mark": "7-8"}, {"mark": "7-7", **PERSON}):
            grid = [list(columns().values()), [row.get(name, "") for name in names]]
            table = io.BytesIO(written_grid("住户", grid))
            table.name = "homes.xlsx"
            asked = {"region": region, "table": table}
            assert client.post("/phone/homes/table/", asked).status_code == status, (region, row)


def test_without_script_a_visit_sent_twice_is_one(stage: Stage):
    home, client = settled(stage), stage.client("liming")
    for path, more in ((f"/phone/homes/{home.id}/visit/", {}), ("/phone/place/", {"place": "红旗超市", "site": "shop",
                       "region": GRID, "look:corridor": "", "look:detector": "", "look:exits": "ok"})):  # fmt: skip
        before = Visit.objects.count()
        hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', client.get(path).content.decode()))
        form = {name: value for name, value in {**hidden, "look:detector": "ok", **more}.items() if value}
        first, second = client.post(path, form), client.post(path, form)
        assert first.status_code == second.status_code == 303
        assert first.headers["Location"] == second.headers["Location"]
        assert Visit.objects.count() == before + 1
