"""工作电话: sealed and masked; in clear for whoever rings about an alarm alone, and each look is on record."""

from dataclasses import replace
from datetime import timedelta

from django.db import connection
from django.utils import timezone

from shouwang.domains.ledger.acts import By
from shouwang.domains.ledger.models import Line
from shouwang.domains.ledger.services import seal_and_fold
from shouwang.domains.ledger.verifying import verify
from shouwang.domains.people.contacts import keep_look
from shouwang.domains.people.keyring import new_key
from shouwang.domains.people.models import Contact, Look
from shouwang.domains.people.queries import person
from shouwang.flows.keep_watch import take_over
from shouwang.flows.rotate_keys import reseal_everything
from tests.cast import COUNTY, GRID, OUTSIDER, PACK, STREET
from tests.faces.stage import Stage
from tests.faces.test_alarms import PHONE, home, rings, stage

__all__ = ["stage"]
OWN, DESK = "13904331234", "0433-2512345"


def says(client, number: str):
    return client.post("/entry/account/phone/", {"phone": number})


def test_told_by_oneself_it_is_masked_and_what_is_wrong_is_named(stage: Stage):
    client = stage.client("liming")
    no = says(client, "电话在村部")
    assert no.status_code == 422 and "电话在村部" in no.content.decode() and "由数字组成" in no.content.decode()
    assert says(client, "139 0433 1234").status_code == 303 and says(client, OWN).status_code == 303
    shown = client.get("/entry/account/").content.decode()
    assert "…1234" in shown and OWN not in shown
    kept = Contact.objects.get(ended_at=None)
    assert OWN.encode() not in bytes(kept.address) and Contact.objects.count() == 2
    assert says(client, "").status_code == 303 and not Contact.objects.filter(ended_at=None).exists()


def test_what_is_taken_away_or_replaced_is_in_no_dump_any_more_and_the_ledger_holds(stage: Stage):
    client = stage.client("liming")
    says(client, OWN)
    kept = Contact.objects.get()
    sealed = bytes(kept.address).hex()
    assert sealed in dump() and kept.hint in dump()
    says(client, "0433-2599999")
    assert sealed not in dump() and kept.hint not in dump()
    says(client, "")
    assert {(bytes(one.address), one.hint) for one in Contact.objects.all()} == {(b"", "")}
    new_key(now=timezone.now())
    reseal_everything(now=timezone.now())
    assert {bytes(one.address) for one in Contact.objects.all()} == {b""}, "nothing is sealed anew where nothing is"
    seal_and_fold(now=timezone.now())
    assert verify(COUNTY).faults == []


def dump() -> str:
    """Every table as a dump has it, what is binary in hexadecimal digits."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()")
        tables = [row[0] for row in cursor.fetchall()]
        return "\n".join(row[0] for table in tables for row in _texts(cursor, table))


def _texts(cursor, table: str):
    cursor.execute(f'SELECT t::text FROM "{table}" t')
    return cursor.fetchall()


def test_the_office_that_keeps_the_posts_enters_it_and_nobody_else(stage: Stage):
    liming = stage.cast["liming"]
    to = f"/office/posts/{COUNTY}/{liming.id}/phone/?region={GRID}"
    for login in ("cuizhe", "liming", OUTSIDER.login):
        assert stage.client(login).post(to, {"phone": OWN}).status_code == 404
    keeper = stage.client("luoping")
    assert keeper.post(to, {"phone": "abc"}).status_code == 422
    assert keeper.post(to, {"phone": OWN}).status_code == 303
    page = keeper.get(f"/office/posts/?region={GRID}").content.decode()
    assert "…1234" in page and OWN not in page


def test_an_alarm_shows_the_numbers_in_order_and_that_somebody_looked_stands_in_the_ledger(stage: Stage):
    says(stage.client("liming"), OWN)
    says(stage.client("cuizhe"), DESK)
    take_over(stage.cast["cuizhe"], STREET, note="", now=timezone.now())
    alarm = rings(stage, household=home(stage))
    page = f"/office/alarms/{alarm.id}/"
    assert OWN not in stage.client("cuizhe").get(page).content.decode() and not Look.objects.exists()
    for login, path in (("hanxue", page), ("songshan", page.replace("office", "phone"))):
        shown = stage.client(login).post(path, {"act": "calls"}).content.decode()
        assert f'href="tel:{OWN}"' in shown and 'href="tel:04332512345"' in shown
        order = [shown.index(word) for word in (PHONE, "本网格", OWN, "乡镇(街道)值班")]
        assert order == sorted(order)
        look = Look.objects.latest("at")
        assert (look.purpose, look.about, look.actor) == ("alarm", alarm.id, stage.cast[login].id)
        assert len(look.contacts) == 2
        assert Line.objects.get(object=look.id).reason == "alarm"
    for login in ("sunyulan", OUTSIDER.login):
        assert OWN not in stage.client(login).post(page, {"act": "calls"}).content.decode()
    assert Look.objects.count() == 2
    desk = stage.client("hanxue").get(page).content.decode()
    heading, newest, first = (desk.index(word) for word in ("谁查看过电话", "宋山", "韩雪</li>"))
    assert heading < newest < first, "the newest look first"
    assert "谁查看过电话" not in stage.client("guoqiang").get(page).content.decode(), "sees alarms and handles none"
    assert person(COUNTY, stage.cast["liming"].id)
    seal_and_fold(now=timezone.now())
    assert verify(COUNTY).faults == []


def test_of_many_looks_the_newest_are_listed_and_the_rest_is_a_number(stage: Stage):
    says(stage.client("liming"), OWN)
    alarm, now = rings(stage), timezone.now()
    contact, by = Contact.objects.get(), By(actor=stage.cast["hanxue"].id, post="", pack=PACK, at=now, clause="")
    for number in range(23):
        at = now - timedelta(minutes=number)
        keep_look([contact], purpose="alarm", about=alarm.id, region=GRID, by=replace(by, at=at))
    shown = stage.client("hanxue").get(f"/office/alarms/{alarm.id}/")
    assert (len(shown.context["rung"]), shown.context["rung_more"]) == (20, 3)
    assert "此前还查看过3次" in shown.content.decode()
