"""对接平台 in the office: connected with a key shown once, ended again, and each word with its receipt on the page."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from shouwang.domains.alarms.models import Alarm
from shouwang.domains.peers.models import Exchange, Peer
from shouwang.domains.people.actor import Actor
from shouwang.flows.tell_peers import NotTaken, plan_words, send_words
from tests.alarm_story import fit, ring
from tests.browser import Screen
from tests.cast import COUNTY, OTHER_COUNTY, OUTSIDER, STREET
from tests.faces.adoption_stage import small
from tests.faces.looking import faults_of, spilt
from tests.faces.stage import Stage
from tests.faces.test_office_screens import enter

HERE = "/office/peers/"
GOOD = {"name": "州智慧消防平台", "url": "https://zhou.example/push", "gives": COUNTY, "takes": STREET, "key": ""}


@pytest.fixture
def stage(cast: dict[str, Actor], settings, tmp_path) -> Stage:
    settings.HOME, settings.KEY_FILE = tmp_path, tmp_path / "keys.json"
    return small(cast)


def exchanged(stage: Stage, *, ours: int = 1) -> None:
    """Some alarms have been told, the last one waits."""
    now, left = timezone.now(), [ours]
    Peer.objects.update(made_at=now - timedelta(hours=1))
    for number in range(ours + 1):
        ring(fit(str(900 + number), at=stage.now, place=f"海兰路{number}号"), at=now)

    def send(parcel) -> str:
        if parcel.told["act"] == "ring" and not left[0]:
            raise NotTaken("HTTP 503")
        left[0] -= parcel.told["act"] == "ring"
        return "receipt-0001"

    plan_words(now=now)
    while send_words(send, clock=lambda: now):
        continue


def test_a_platform_is_connected_with_a_key_that_is_shown_once(stage: Stage):
    client = stage.client("hanxue")
    assert "没有对接任何平台" in client.get(HERE).content.decode()
    refused = client.post(HERE, GOOD | {"gives": OTHER_COUNTY})
    assert refused.status_code == 422 and GOOD["url"] in refused.content.decode()
    made = client.post(HERE, GOOD)
    peer = Peer.objects.get()
    key = made.context["key"]
    assert key in made.content.decode() and f"/push/peer/{peer.id}" in made.content.decode()
    page = client.get(HERE).content.decode()
    assert key not in page and GOOD["name"] in page and key.encode() not in bytes(peer.secret)
    for login in ("cuizhe", "mali", OUTSIDER.login):
        other = stage.client(login)
        assert other.get(HERE).status_code == other.post(HERE, GOOD).status_code == 404
        assert other.post(f"{HERE}{peer.id}/end/").status_code == 404
    assert GOOD["name"] not in stage.client("quanzhenhu").get(HERE).content.decode(), "the county's own"
    assert client.post(f"{HERE}{peer.id}/end/").status_code == 303
    assert Peer.objects.get().ended_at is not None


def test_pages_of_what_was_exchanged_follow_one_another(stage: Stage):
    client = stage.client("hanxue")
    client.post(HERE, GOOD)
    exchanged(stage, ours=60)
    assert "对方没有应答" in client.get(HERE).content.decode()
    seen, address = [], HERE
    while address:
        with CaptureQueriesContext(connection) as asked:
            page = client.get(address)
        assert len([one for one in asked if "peers_" in one["sql"]]) == 4 and len(asked) <= 14
        seen += [row.id for row, *_words in page.context["rows"]]
        address = page.context["next"]
    assert len(seen) == len(set(seen)) == Exchange.objects.count() == 62


@pytest.mark.parametrize("width, tongue", [(320, "zh-hans"), (1440, "ko")])
def test_the_pages_are_open_to_everybody(stage: Stage, live_server, screen: Screen, width: int, tongue: str):
    stage.client("hanxue").post(HERE, GOOD)
    exchanged(stage)
    page = enter(screen, live_server, stage, "hanxue", width=width, tongue=tongue)
    for address in (HERE, f"/office/alarms/{Alarm.objects.first().id}/"):
        page.goto(address)
        for summary in page.locator("main summary").all():
            summary.click()
        assert (address, faults_of(page)) == (address, [])
        assert (address, spilt(page)) == (address, [])
