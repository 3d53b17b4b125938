"""通知渠道: an office adds one, tries it, reads the receipt, pauses it; what opens it is never shown again."""

from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from shouwang.domains.duties.acting import About, notice
from shouwang.domains.duties.models import Delivery
from shouwang.domains.ledger.minting import mint
from shouwang.domains.ledger.services import seal_and_fold
from shouwang.domains.ledger.verifying import verify
from shouwang.domains.people.contacts import add_contact
from shouwang.domains.people.models import Contact
from shouwang.domains.people.services import By
from shouwang.flows.send_notices import plan_deliveries, send_due
from shouwang.gateways.notify.channels import send
from tests.browser import Screen
from tests.cast import COUNTY, GRID, NEXT_STREET, OUTSIDER, PACK, PREFECTURE, STREET
from tests.faces.looking import SPILLS, clipped, faults_of
from tests.faces.stage import Stage
from tests.faces.test_alarms import stage
from tests.faces.test_office_screens import enter
from tests.gateways.post_offices import web

__all__ = ["stage"]
NEW, LIST = "/office/channels/new/", "/office/channels/"
SECRET = "SEC-of-the-robot"  # noqa: S105
ROBOT = {
    "key": "c1", "kind": "dingtalk", "label": "值班室群", "region": COUNTY, "secret": SECRET,
    "url": "https://oapi.dingtalk.com/robot/send?access_token=7f3a9c", "told": ["alarm", "alarm_real"],
}  # fmt: skip


def page_of(one: Contact) -> str:
    return f"/office/channels/{one.county}/{one.id}/"


def going() -> None:
    """What `shouwang notify` does twice a second."""
    now = timezone.now()
    plan_deliveries(now=now)
    send_due(send, clock=lambda: now)


def tell(stage: Stage, sort: str, region: str = GRID) -> None:
    about = About(region=region, subject=mint(stage.now))
    notice(sort, event=mint(stage.now), recipient=stage.cast["liming"].id, about=about, at=timezone.now()).save()


def test_it_is_added_once_what_is_wrong_is_named_and_what_opens_it_is_not_shown_again(stage: Stage):
    client = stage.client("hanxue")
    for wrong, field in (({"url": "http://10.0.0.1/"}, "url"), ({"url": "https://127.0.0.1/x"}, "url"),
                         ({"url": "https://oapi..dingtalk.com/"}, "url"), ({"url": "https://localhost./"}, "url"),
                         ({"kind": "email", "to": "x@"}, "to"),
                         ({"label": ""}, "label"), ({"told": []}, "told"), ({"region": "222401"}, "region"),
                         ({"kind": "pigeon"}, "kind"),
                         ({"kind": "email", "to": "nobody"}, "to")):  # fmt: skip
        no = client.post(NEW, ROBOT | wrong)
        assert (no.status_code, field in no.context["faults"]) == (422, True), wrong
        assert SECRET not in no.content.decode() and "access_token" not in no.content.decode()
    assert not Contact.objects.exists()
    first, again = client.post(NEW, ROBOT), client.post(NEW, ROBOT)
    assert first.status_code == again.status_code == 303 and first["Location"] == again["Location"]
    one = Contact.objects.get()
    assert (one.label, one.told, one.region) == ("值班室群", ["alarm", "alarm_real"], COUNTY)
    for address in (LIST, page_of(one)):
        shown = client.get(address).content.decode()
        assert "值班室群" in shown and "确认着火" in shown and "…3a9c" in shown
        assert SECRET not in shown and "access_token" not in shown
    assert client.post(NEW, ROBOT | {"label": "别的"}).status_code == 409


def test_who_sits_at_no_desk_of_a_county_and_the_next_county_see_nothing(stage: Stage):
    stage.client("hanxue").post(NEW, ROBOT)
    one = Contact.objects.get()
    for login in ("liming", "cuizhe", "songshan", OUTSIDER.login):
        client = stage.client(login)
        listed = client.get(LIST)
        assert listed.status_code == 404 or "值班室群" not in listed.content.decode(), login
        assert client.get(page_of(one)).status_code == 404, login
        for act in ("try", "pause", "end"):
            assert client.post(page_of(one), {"act": act}).status_code == 404, login
        assert client.post(NEW, ROBOT | {"key": "c9"}).status_code in (404, 422), login
    assert "值班室群" in stage.client("quanzhenhu").get(LIST).content.decode(), "the prefecture sees its counties"
    assert not Delivery.objects.exists() and Contact.objects.filter(ended_at=None, paused_at=None).count() == 1


def test_a_trial_a_refusal_a_pause_and_what_it_chose_to_hear(stage: Stage, settings):
    client, by = stage.client("hanxue"), By(actor=None, post="county_office", pack=PACK)
    settings.CHANNEL_INNER_HOSTS = ["127.0.0.1"]
    with web() as robot:
        at = timezone.now() - timedelta(hours=1)
        one = add_contact("wecom", {"url": robot.url("/r?key=abcd1234")}, by=by, at=at, region=STREET, label="群",
                          told=["alarm_real", "rest"])  # fmt: skip
        robot.answers = [(200, b'{"errcode":93000,"errmsg":"invalid webhook"}')]
        assert client.post(page_of(one), {"act": "try"}).status_code == 303
        assert "等待发送" in client.get(page_of(one)).content.decode()
        going()
        shown = client.get(page_of(one)).content.decode()
        assert "机器人拒收：93000: invalid webhook" in shown and "试验通知" in shown and "abcd1234" not in shown
        Delivery.objects.update(next_at=timezone.now())
        going()
        assert "对方已收到" in client.get(page_of(one)).content.decode()
        for sort in ("alarm", "alarm_real", "supervise"):
            tell(stage, sort)
        tell(stage, "alarm_real", f"{NEXT_STREET}001")
        going()
        gone = Delivery.objects.filter(state="sent")
        assert sorted(row.sort for row in gone) == ["alarm_real", "supervise", "trial"]
        client.post(page_of(one), {"act": "pause"})
        tell(stage, "alarm_real")
        going()
        client.post(page_of(one), {"act": "resume"})
        going()
        assert Delivery.objects.latest("made_at").reason == "the channel is paused" and len(robot.posts) == 4
        assert "渠道当时已暂停" in client.get(page_of(one)).content.decode()
        assert client.post(page_of(one), {"act": "end"}).status_code == 303
        tell(stage, "alarm_real")
        going()
        assert len(robot.posts) == 4 and client.get(page_of(one)).status_code == 404
    seal_and_fold(now=timezone.now())
    assert verify(COUNTY).faults == []


def test_the_list_shows_the_last_receipt_of_each_in_as_many_statements_for_many_as_for_one(stage: Stage):
    by, at = By(actor=None, post="county_office", pack=PACK), timezone.now() - timedelta(hours=1)
    client, counted = stage.client("quanzhenhu"), []
    for number, (region, *more) in enumerate(((PREFECTURE, COUNTY), (PREFECTURE, STREET, COUNTY, OUTSIDER.region))):
        for place in (region, *more):
            address = {"url": f"https://robot.example/{number}"}
            one = add_contact("wecom", address, by=by, at=at, region=place, label=f"群{number}{place}")
            for _ in range(2):
                assert client.post(page_of(one), {"act": "try"}).status_code == 303
        Delivery.objects.filter(contact=one.id).update(state="failed", reason="HTTP 502")
        Delivery.objects.filter(id=Delivery.objects.filter(contact=one.id).latest("id").id).update(state="sent")
        client.get(LIST)
        with CaptureQueriesContext(connection) as seen:
            shown = client.get(LIST)
        counted.append(len(seen))
        last = {row["contact"].id: row["last"]["tone"] for row in shown.context["rows"]}
        assert last.pop(one.id) == "green" and set(last.values()) <= {"amber", "green"}
    assert len(shown.context["rows"]) == 6 and counted[0] == counted[1] <= 9, counted


def test_the_pages_are_whole_in_both_languages(stage: Stage, live_server, screen: Screen):
    stage.client("hanxue").post(NEW, ROBOT)
    one = Contact.objects.get()
    stage.client("hanxue").post(page_of(one), {"act": "try"})
    for width, tongue in ((320, "zh-hans"), (1440, "ko")):
        page = enter(screen, live_server, stage, "hanxue", width=width, tongue=tongue)
        for path in (LIST, page_of(one), NEW, "/entry/account/"):
            page.goto(path)
            assert (path, faults_of(page)) == (path, [])
            assert (path, clipped(page) + page.evaluate(SPILLS)) == (path, [])
