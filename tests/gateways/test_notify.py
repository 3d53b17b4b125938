"""通知外发: an alarm reaches the phone of who must run at once, through real servers; what failed says why."""

import hashlib
import hmac
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.utils import timezone

from shouwang.domains.areas.models import Area
from shouwang.domains.areas.queries import paths
from shouwang.domains.duties import deliveries
from shouwang.domains.duties.acting import About, notice
from shouwang.domains.duties.models import Delivery
from shouwang.domains.ledger.minting import mint
from shouwang.domains.ledger.services import seal_and_fold
from shouwang.domains.ledger.verifying import verify
from shouwang.domains.ledger.write import Stale
from shouwang.domains.people.contacts import add_contact, address_of, end_contact
from shouwang.domains.people.keyring import new_key
from shouwang.domains.people.models import Contact, Person
from shouwang.domains.people.services import By
from shouwang.faces.office.channels.words import why
from shouwang.flows.rotate_keys import reseal_everything
from shouwang.flows.send_notices import Letter, NotSent, plan_deliveries, send_due
from shouwang.gateways.notify.channels import send
from shouwang.rules.telling import not_before, try_again
from tests.cast import COMMUNITY, COUNTY, GRID, NEXT_STREET, OUTSIDER, PACK, PREFECTURE, STREET
from tests.faces.stage import bring_in_the_areas
from tests.gateways.post_offices import Taken, mail, web
from tests.gateways.test_gateway_guarded import certificate
from tests.prefectures import here

NIGHT = datetime(2026, 11, 26, 18, 0, tzinfo=UTC)  # two in the morning at the place
BY = By(actor=None, post=here("system_admin"), pack=PACK)


@pytest.fixture(autouse=True)
def own_net(settings):
    """The other side of these stories is this machine."""
    settings.CHANNEL_INNER_HOSTS = ["127.0.0.1"]


@pytest.fixture
def night(cast):
    bring_in_the_areas(NIGHT - timedelta(days=90))
    return cast


def reach(cast, login: str, kind: str, address: dict[str, str], **more) -> Contact:
    person = Person.objects.get(id=cast[login].id)
    return add_contact(kind, address, by=BY, at=NIGHT - timedelta(hours=1), person=person, **more)


def tell(cast, login: str, sort: str, *, region: str = COMMUNITY, event: UUID | None = None, at=NIGHT) -> UUID:
    event = event or uuid4()
    notice(sort, event=event, recipient=cast[login].id, about=About(region=region, subject=uuid4()), at=at).save()
    return event


def go(at=NIGHT, by=send) -> int:
    plan_deliveries(now=at)
    return send_due(by, clock=lambda: at)


@contextmanager
def post_box(cast, settings) -> Iterator[Taken]:
    """Somebody reads mail, and an alarm is for them."""
    with mail() as office:
        settings.SMTP_HOST, settings.SMTP_PORT, settings.SMTP_FROM = "127.0.0.1", office.port, "fire@example.cn"
        reach(cast, "piaoyingshun", "email", {"to": "piao@example.cn"})
        tell(cast, "piaoyingshun", "alarm")
        yield office


def states() -> list[tuple[str, int, str]]:
    return list(Delivery.objects.order_by("made_at", "id").values_list("state", "tries", "reason"))


def test_an_alarm_at_night_goes_out_at_once_and_once_and_the_rest_waits_for_the_morning(night, caplog):
    with web() as phone:
        reach(night, "liming", "wecom", {"url": phone.url("/send?key=secret-key")}, quiet=(21, 7))
        tell(night, "liming", "alarm")
        tell(night, "liming", "remind")
        tell(night, "liming", "given")
        assert go() == 1 and go() == 0, "what was sent is not sent again"
        [(path, _headers, told)] = phone.posts
        assert "secret-key" not in caplog.text, "what opens a channel is in no log"
        assert path.endswith("key=secret-key") and "119" in told["text"]["content"] and told["msgtype"] == "text"
        morning = NIGHT + timedelta(hours=6)
        assert go(morning) == 2
        assert len(phone.posts) == 2 and "2 条" in phone.posts[1][2]["text"]["content"], "a morning is one message"
        assert [one[0] for one in states()] == ["sent"] * 3
    seal_and_fold(now=morning)
    assert verify(COUNTY).faults == []


def test_an_office_hears_of_alarms_in_its_area_and_of_nothing_else(night):
    with web() as desk:
        robot = {"url": desk.url("/r?t=1"), "secret": "s"}
        add_contact("dingtalk", robot, by=BY, at=NIGHT - timedelta(days=1), region=STREET)
        event = tell(night, "liming", "alarm")
        tell(night, "cuizhe", "alarm", event=event)
        tell(night, "sunyulan", "alarm", region=f"{NEXT_STREET}001")
        tell(night, "cuizhe", "supervise")
        assert go() == 1, "one event, whoever else is told of it"
        [(path, _headers, _told)] = desk.posts
        assert "timestamp=" in path and "sign=" in path


def test_the_prefecture_hears_of_an_alarm_in_a_county_and_no_grid_is_named(night):
    named = {"level": "grid", "kind": "grid", "zh": "海兰路17号小院", "year": 2026}
    Area(id=mint(NIGHT), county=COUNTY, region=GRID, **named).save()
    with web() as desk:
        hook = {"url": desk.url("/p"), "secret": "k"}
        reach(night, "quanzhenhu", "webhook", hook)
        office = add_contact("webhook", hook, by=BY, at=NIGHT - timedelta(days=1), region=PREFECTURE)
        tell(night, "quanzhenhu", "alarm_up", region=GRID)
        assert go() == 2 and [one[0] for one in states()] == ["sent"] * 2
        village = paths({COMMUNITY})[COMMUNITY]
        assert {told["text"].partition("有报警")[0] for _path, _headers, told in desk.posts} == {village}
        assert [one.state for one in deliveries.receipts([COUNTY], office.id)] == ["sent"]


def test_alarms_of_all_counties_go_first_and_who_failed_once_holds_nobody_up(night):
    with web() as gateway, web() as broken:
        hook = {"url": gateway.url("/sms"), "secret": "k"}
        for login, region in (("liming", COMMUNITY), (OUTSIDER.login, OUTSIDER.region)):
            reach(night, login, "webhook", hook)
            tell(night, login, "remind", region=region)
            tell(night, login, "alarm", region=region)
        reach(night, "cuizhe", "webhook", {"url": broken.url("/sms"), "secret": "k"})
        for _ in range(3):
            tell(night, "cuizhe", "alarm")
        broken.answers = [(502, b"")]
        go()
        assert [told["urgent"] for _path, _headers, told in gateway.posts] == [True, True, False, False]
        assert len(broken.posts) == 1, "whoever does not answer is not asked again in the same round"
        assert sorted(one[1] for one in states() if one[0] == "waiting") == [0, 0, 1], "what was not tried is no try"
        assert go(NIGHT + timedelta(seconds=3)) == 3 and {one[0] for one in states()} == {"sent"}


def test_a_mistyped_address_fails_alone_and_the_alarm_still_goes_to_everybody_else(night, settings, caplog):
    settings.SMTP_HOST, settings.SMTP_PORT = "127.0.0.1", 9
    wrong = (
        ("dingtalk", {"url": "https://oapi..dingtalk.com/robot/send?access_token=very-secret"}),
        ("webhook", {"url": "https://xn--.b/very-secret"}),
        ("email", {"to": "x@"}),
        ("webhook", {"to": "very-secret"}),
    )
    with web() as desk:
        for kind, address in (*wrong, ("webhook", {"url": desk.url("/r")})):
            add_contact(kind, address, by=BY, at=NIGHT - timedelta(days=1), region=STREET)
        tell(night, "liming", "alarm")
        assert go() == 5 and len(desk.posts) == 1
        assert sorted(one[0] for one in states()) == ["sent"] + ["waiting"] * 4
        reasons = {reason for state, tries, reason in states() if state == "waiting" and tries == 1}
        assert {"IndexError", "KeyError"} < reasons and len(reasons) >= 3 and "" not in reasons
        assert "KeyError" in caplog.text and "very-secret" not in caplog.text + "".join(reasons)
        assert go() == 0 and go(NIGHT + timedelta(seconds=3)) == 4 and len(desk.posts) == 1, "tried again, as usual"


def test_neighbours_who_call_for_help_wake_whoever_sleeps(night):
    with web() as phone:
        reach(night, "songshan", "webhook", {"url": phone.url("/sms"), "secret": "k"}, quiet=(21, 7))
        tell(night, "songshan", "neighbours_called")
        tell(night, "songshan", "alarm_real")
        assert go() == 2
        assert [told["urgent"] for _path, _headers, told in phone.posts] == [True, True]
        call, fire = sorted((told["text"] for _path, _headers, told in phone.posts), key=lambda text: "119" in text)
        assert "求援" in call and "119" in fire


def test_what_a_robot_refuses_with_two_hundred_is_no_receipt(night):
    with web() as phone:
        reach(night, "liming", "wecom", {"url": phone.url("/send?key=secret-key")})
        tell(night, "liming", "alarm")
        phone.answers = [(200, b'{"errcode":45009,"errmsg":"api freq out of limit"}'), (502, b"")]
        assert go() == 1
        assert states() == [("waiting", 1, "45009: api freq out of limit")]
        assert go() == 0, "not before its time"
        assert go(NIGHT + timedelta(seconds=3)) == 1 and states()[0][1:] == (2, "HTTP 502")
        assert go(NIGHT + timedelta(minutes=2)) == 1 and states() == [("sent", 3, "")]


def test_after_some_tries_it_is_given_up_and_says_why_without_the_secret(night):
    found = reach(night, "liming", "webhook", {"url": "http://127.0.0.1:9/very-secret", "secret": "k"})
    tell(night, "liming", "alarm")
    at = NIGHT
    while go(at) or Delivery.objects.filter(state="waiting").exists():
        at += timedelta(minutes=20)
    [(state, tries, reason)] = states()
    assert (state, tries, reason) == ("failed", 8, "ConnectError")
    assert [one.state for one in deliveries.receipts([COUNTY], found.id)] == ["failed"]


def test_killed_between_sending_and_noting_an_alarm_goes_again_under_the_same_id_and_the_rest_is_unsure(night):
    with web() as gateway:
        reach(night, "liming", "webhook", {"url": gateway.url("/sms"), "secret": "k", "to": "13800000000"})
        tell(night, "liming", "alarm")
        tell(night, "liming", "remind")

        kills = [True, True, False]

        def killed(letter: Letter) -> None:
            send(letter)
            if letter.urgent is kills[0]:
                kills.pop(0)
                raise KeyboardInterrupt

        while kills:
            with pytest.raises(KeyboardInterrupt):
                go(by=killed)
            Delivery.objects.filter(state="sending").update(taken_at=NIGHT - timedelta(minutes=3))
        alarms = [(headers, told) for _path, headers, told in gateway.posts if told["urgent"]]
        assert len({headers["Idempotency-Key"] for headers, _told in alarms}) == 1 and len(alarms) == 3
        go()
        assert sorted(one[0] for one in states()) == ["failed", "sent"]
        headers, told = alarms[-1]
        assert told["to"] == "13800000000"
        body = json.dumps(told, ensure_ascii=False).encode()
        right = hmac.new(b"k", headers["X-Timestamp"].encode() + b"." + body, hashlib.sha256).hexdigest()
        assert headers["X-Signature"] == right


def test_a_mail_arrives_in_the_reader_s_language(night, settings):
    with post_box(night, settings) as office:
        office.answers = [(450, b"")]
        assert go() == 1 and states() == [("waiting", 1, "SMTP 450")]
        assert go(NIGHT + timedelta(seconds=5)) == 1
        [letter] = office.mails
        assert letter["To"] == "piao@example.cn" and letter["Message-ID"].startswith(f"<{Delivery.objects.get().id}")
        assert "119" in letter.get_payload(decode=True).decode()


def test_a_mailbox_that_is_none_is_not_asked_again_and_the_receipt_says_so(night, settings):
    with post_box(night, settings) as office:
        office.answers = [(550, b"")]
        assert go() == 1 and states() == [("failed", 1, "SMTP 550")]
        assert go(NIGHT + timedelta(hours=1)) == 0 and office.mails == []
        tell(night, "piaoyingshun", "alarm", at=NIGHT + timedelta(hours=1))
        assert go(NIGHT + timedelta(hours=1)) == 1 and len(office.mails) == 1, "the next alarm is tried"
    assert "没有这个邮箱" in why("SMTP 550") and "550" in why("SMTP 550") and "599" in why("SMTP 599")


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "127.1", "[::ffff:127.0.0.1]"])
def test_a_name_that_leads_inside_by_the_time_of_sending_is_not_called(night, settings, host):
    settings.CHANNEL_INNER_HOSTS = ["sms.gov.lan", ""]
    with web() as inner:
        reach(night, "liming", "webhook", {"url": f"http://{host}:{inner.port}/very-secret", "secret": "k"})
        tell(night, "liming", "alarm")
        assert go() == 1 and inner.posts == []
        assert states() == [("waiting", 1, "the address leads into the house's own net")]
        assert "内部网络" in why(states()[0][2])


def test_what_was_looked_at_is_what_is_called_and_its_certificate_is_asked_for_by_name(settings, tmp_path, monkeypatch):
    settings.CHANNEL_INNER_HOSTS = ["Localhost"]
    pem = certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(pem))
    with web(tls=pem) as gateway:
        sent = Letter(
            id="1", kind="webhook", subject="a", text="b", urgent=True,
            address={"url": f"https://localhost:{gateway.port}/sms", "secret": "k"},
        )  # fmt: skip
        send(sent)
        assert gateway.posts[0][1]["Host"] == f"localhost:{gateway.port}"
        settings.CHANNEL_INNER_HOSTS = ["127.0.0.1"]
        with pytest.raises(NotSent, match="ConnectError"):
            send(replace(sent, address={"url": f"https://127.0.0.1:{gateway.port}/sms", "secret": "k"}))
        assert len(gateway.posts) == 1, "another name than the certificate's"


def test_an_address_is_sealed_survives_a_new_key_and_ends(night, settings):
    found = reach(night, "liming", "wecom", {"url": "https://qyapi.example/send?key=abcdefgh"})
    assert b"abcdefgh" not in bytes(found.address) and found.hint == "…efgh"
    new_key(now=timezone.now())
    assert reseal_everything(now=timezone.now()).values >= 1
    with pytest.raises(Stale):
        end_contact(found, by=BY, at=NIGHT)
    found.refresh_from_db()
    assert address_of(found) == {"url": "https://qyapi.example/send?key=abcdefgh"}
    tell(night, "liming", "alarm")
    plan_deliveries(now=NIGHT)
    end_contact(found, by=BY, at=NIGHT)
    assert go() == 1 and states() == [("failed", 1, "the channel has ended")]
    seal_and_fold(now=timezone.now())
    assert verify(COUNTY).faults == []


def test_feishu_signs_and_a_strange_answer_is_no_receipt():
    with web() as phone:
        robot = {"url": phone.url("/hook"), "secret": "s"}
        letter = Letter(id="1", kind="feishu", address=robot, subject="a", text="b", urgent=True)
        send(letter)
        assert {"timestamp", "sign"} <= phone.posts[0][2].keys()
        for answer in (b"", b"[]", b'{"code":19021,"msg":"sign match fail"}', b"<html>"):
            phone.answers = [(200, answer)]
            with pytest.raises(NotSent):
                send(letter)


@pytest.mark.parametrize(
    ("sort", "hour", "quiet", "due"),
    [("remind", 22, (21, 7), 7), ("remind", 3, (21, 7), 7), ("remind", 8, (21, 7), 8), ("remind", 12, (12, 14), 14),
     ("alarm", 3, (21, 7), 3), ("alarm_real", 3, (21, 7), 3), ("neighbours_called", 3, (21, 7), 3),
     ("remind", 3, None, 3), ("remind", 23, (22, 24), 0)],
)  # fmt: skip
def test_quiet_hours_hold_everything_but_an_alarm(sort, hour, quiet, due):
    at = datetime(2026, 11, 26, hour, 30)
    found = not_before(sort, at, quiet)
    assert found.hour == due and found >= at and found - at < timedelta(days=1)


def test_tries_grow_seldom_and_end():
    at = NIGHT
    pauses = [try_again(n, at) for n in range(1, 9)]
    assert pauses[0] == at + timedelta(seconds=2) and pauses[-1] is None
    assert all(b >= a for a, b in zip(pauses[:-1], pauses[1:-1], strict=False))
