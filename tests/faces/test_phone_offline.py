"""The outbox: a report made in a dead spot arrives once, and nothing is lost on the way."""

from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from shouwang.domains.hazards.models import Case
from shouwang.domains.people.sessions import end
from shouwang.faces.phone import report as desk
from shouwang.faces.sign_in import COOKIE
from tests.faces.stage import Stage
from tests.faces.thumb import Phone, Pick

CONTROLLED = "() => navigator.serviceWorker.controller"


def opened(phone: Phone) -> Phone:
    """The form as it stands once the phone keeps a copy of it."""
    phone.page.goto("/phone/")
    phone.page.wait_for_function(CONTROLLED)
    phone.page.reload()
    return phone


def reported(phone: Phone, kind: str = "wiring") -> None:
    phone.photo()
    phone.tile(kind)
    phone.send()


def more_than(stage: Stage) -> int:
    return Case.objects.count() - len(stage.cases)


def test_in_a_dead_spot_the_form_opens_and_the_report_arrives_once(pick: Pick, stage: Stage):
    phone = opened(pick("liming"))
    phone.context.set_offline(True)
    phone.page.reload()
    expect(phone.says("alone")).to_be_visible()
    reported(phone)
    expect(phone.says("offline")).to_contain_text("已存 1 条")
    assert (phone.taps, phone.kept(), more_than(stage)) == (3, 1, 0)
    phone.page.reload()
    expect(phone.says("offline")).to_contain_text("已存 1 条")
    phone.context.set_offline(False)
    expect(phone.says("sent")).to_be_visible()
    assert (phone.kept(), more_than(stage)) == (0, 1)
    phone.page.reload()
    phone.page.wait_for_timeout(500)
    assert more_than(stage) == 1


def test_several_wait_in_line_and_keep_their_hours(pick: Pick, stage: Stage):
    phone = opened(pick("liming"))
    phone.context.set_offline(True)
    for n, kind in enumerate(("wiring", "other", "exit_blocked"), start=1):
        reported(phone, kind)
        expect(phone.page.locator("#stored li")).to_have_count(n)
    made = timezone.now()
    phone.context.set_offline(False)
    expect(phone.says("sent")).to_be_visible()
    cases = Case.objects.order_by("-reported_at")[:3]
    assert [case.kind for case in reversed(cases)] == ["wiring", "other", "exit_blocked"]
    assert all(case.found_at <= made for case in cases)


def test_a_fault_of_ours_loses_nothing(pick: Pick, stage: Stage, monkeypatch: pytest.MonkeyPatch):
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("the database is away")

    phone = opened(pick("liming"))
    with monkeypatch.context() as fault:
        fault.setattr(desk, "report_hazard", broken)
        reported(phone)
        expect(phone.says("later")).to_contain_text("1 条")
        assert (phone.kept(), more_than(stage)) == (1, 0)
    phone.page.reload()
    expect(phone.says("sent")).to_be_visible()
    assert (phone.kept(), more_than(stage)) == (0, 1)


def test_a_lost_receipt_does_not_report_twice(pick: Pick, stage: Stage, monkeypatch: pytest.MonkeyPatch):
    def torn(*_: object, **__: object) -> None:
        raise RuntimeError("the line broke after the act")

    phone = opened(pick("liming"))
    with monkeypatch.context() as fault:
        fault.setattr(desk, "_receipt", torn)
        reported(phone)
        expect(phone.says("later")).to_be_visible()
    assert (phone.kept(), more_than(stage)) == (1, 1)
    phone.page.reload()
    expect(phone.says("sent")).to_be_visible()
    assert (phone.kept(), more_than(stage)) == (0, 1)


def test_what_the_server_refuses_stays_with_its_reason_until_mended(pick: Pick, stage: Stage, tmp_path: Path):
    phone = opened(pick("liming"))
    broken = {"name": "IMG.jpg", "mimeType": "image/jpeg", "buffer": b"half a photo"}
    phone.page.set_input_files("[name=before]", broken)
    phone.tile()
    phone.send()
    expect(phone.says("refused")).to_be_visible()
    expect(phone.page.locator("#stored [data-why]")).to_contain_text("JPEG")
    assert (phone.kept(), more_than(stage)) == (1, 0)
    phone.page.reload()
    phone.tap("#stored [data-mend]")
    phone.photo()
    phone.send()
    phone.page.wait_for_url("**/phone/done/**")
    phone.page.goto("/phone/")
    expect(phone.page.locator("#stored")).to_be_hidden()
    assert more_than(stage) == 1


def test_signed_out_it_waits_for_the_same_person(pick: Pick, stage: Stage):
    phone = opened(pick("liming"))
    phone.context.set_offline(True)
    reported(phone)
    expect(phone.says("offline")).to_be_visible()
    [cookie] = [one for one in phone.context.cookies() if one["name"] == COOKIE]
    end(cookie["value"], now=timezone.now())
    phone.context.set_offline(False)
    expect(phone.says("signin")).to_contain_text("1 条")
    phone.context.add_cookies([{**cookie, "value": stage.token("sunyulan")}])
    phone.page.reload()
    expect(phone.says("others")).to_be_visible()
    assert more_than(stage) == 0
    phone.context.add_cookies([{**cookie, "value": stage.token("liming")}])
    phone.page.reload()
    expect(phone.says("sent")).to_be_visible()
    assert more_than(stage) == 1


def test_the_other_pages_say_that_they_need_the_network(pick: Pick):
    phone = opened(pick("liming"))
    phone.context.set_offline(True)
    phone.page.goto("/phone/mine/")
    expect(phone.page.locator("h1")).to_have_text("没有网络")
    phone.page.locator("main .btn.go").tap()
    expect(phone.page.locator("#report")).to_be_visible()
