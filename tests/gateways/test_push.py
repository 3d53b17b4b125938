"""平台推送: kept before it is answered, once, where its device hangs; what nobody signed or can read is told apart."""

import base64
import hashlib
import hmac
import io
import json
import time
from datetime import timedelta

import pytest
from django.db import OperationalError, connection
from django.utils import timezone

from shouwang.domains.devices.models import Link, Signal
from shouwang.domains.ledger.services import seal_and_fold
from shouwang.domains.ledger.verifying import verify
from shouwang.domains.people.actor import Actor
from shouwang.flows import receive_pushes
from shouwang.gateways.push.app import application
from shouwang.policy import load
from tests.cast import COMMUNITY, COUNTY, PREFECTURE
from tests.faces.stage import Stage, bring_in_the_areas
from tests.faces.test_devices import DAY, send
from tests.kernel.test_operators import ONE_MAKER, POINT, SMOKE, smoke

TOKEN = "a-token-of-the-tests"
CTWING = f"/push/ctwing/{TOKEN}"


@pytest.fixture
def wired(cast: dict[str, Actor], settings, monkeypatch: pytest.MonkeyPatch) -> Stage:
    now = timezone.now()
    bring_in_the_areas(now - timedelta(days=90))
    stage = Stage(cast, {}, now)
    for name in ("CTWING", "ONENET", "VIDEO"):
        setattr(settings, f"PUSH_{name}_TOKEN", TOKEN)
    pack = receive_pushes.pack()
    products = {**pack.products, "one-maker": ONE_MAKER}
    monkeypatch.setattr(receive_pushes, "pack", lambda: type("Pack", (), {"products": products}))
    send(stage, "cuizhe", (SMOKE["IMEI"], "smoke_alarm", COMMUNITY, "祥和小区3号楼", "", "ctwing", DAY, ""))
    return stage


def post(path: str, body: bytes, *, method="POST", query="", **headers: str) -> tuple[int, bytes]:
    told = []
    environ = {
        "REQUEST_METHOD": method, "PATH_INFO": path, "QUERY_STRING": query, "CONTENT_LENGTH": str(len(body)),
        "wsgi.input": io.BytesIO(body), "REMOTE_ADDR": "10.1.1.1:4711", **headers,
    }  # fmt: skip
    answer = b"".join(application(environ, lambda status, _headers: told.append(int(status[:3]))))
    return told[0], answer


def ctwing(told: dict) -> tuple[int, bytes]:
    return post(CTWING, json.dumps(told).encode())


def test_a_smoke_alarm_at_home_is_kept_where_it_hangs_and_once(wired: Stage):
    assert ctwing(SMOKE) == (200, b'{"kept": 1}')
    assert ctwing({**SMOKE, "upPacketSN": 7}) == (200, b'{"kept": 0}'), "the same again"
    [signal] = Signal.objects.all()
    assert (signal.sort, signal.region, signal.county, signal.source) == ("fire", COMMUNITY, COUNTY, SMOKE["IMEI"])
    assert signal.device is not None and signal.facts["values"]["serviceData.Alarm_Status"] == "2"
    [link] = Link.objects.all()
    assert (link.device, link.battery, link.peer) == (signal.device, 87, "10.1.1.1")
    seal_and_fold(now=wired.now)
    assert verify(COUNTY).faults == []


@pytest.mark.parametrize("said, heard", [("0", 0), ("1", 1)])
def test_that_a_device_is_gone_is_no_word_from_it(wired: Stage, said: str, heard: int):
    assert ctwing({**SMOKE, "messageType": "deviceOnlineOfflineReport", "payload": None, "eventType": said})[0] == 200
    assert (Signal.objects.get().sort, Link.objects.count()) == ("presence", heard)


def test_a_code_nobody_knows_is_kept_raw_and_shown(wired: Stage):
    ctwing(smoke(Alarm_Status=9))
    [signal] = Signal.objects.all()
    assert (signal.sort, signal.facts["unknown"]) == ("unknown", {"serviceData.Alarm_Status": "9"})
    page = f"/office/devices/{signal.device}/"
    assert "未知代码" in wired.client("cuizhe").get(page).content.decode()


def test_a_device_nobody_knows_and_a_body_nobody_can_read_stay_with_the_centre(wired: Stage):
    odd = {**SMOKE, "IMEI": "a\tb\\", "deviceId": "c\\d\n"}
    assert ctwing(odd)[0] == 200 and post(CTWING, b"\x00not json\xff")[0] == 200
    strange = [*Signal.objects.order_by("position").values_list("sort", "county")]
    assert strange == [("fire", PREFECTURE), ("unreadable", PREFECTURE)]
    assert "x" in wired.client("quanzhenhu").get("/office/devices/unknown/").content.decode()


def test_whoever_does_not_prove_who_they_are_is_refused(wired: Stage, settings):
    body = json.dumps(SMOKE).encode()
    assert post("/push/ctwing/another-token-16ch", body)[0] == 403
    assert post("/push/ctwing", body)[0] == 403
    assert post("/push/oc/x", body)[0] == 404, "no token is set for it"
    assert post("/push/elsewhere", body)[0] == post("/other", body)[0] == 404
    assert post(CTWING, b"x" * 300_000)[0] == 413 and post(CTWING, b"")[0] == 400
    assert post(CTWING, b"", method="GET")[0] == 405
    assert not Signal.objects.exists()


def test_onenet_asks_who_we_are_and_signs_what_it_says(wired: Stage):
    def sign(text: str) -> str:
        return base64.b64encode(hashlib.md5(f"{TOKEN}nonce678{text}".encode()).digest()).decode()

    asked = f"msg=hello&nonce=nonce678&signature={sign('hello')}"
    assert post("/push/onenet", b"", method="GET", query=asked) == (200, b"hello")
    assert post("/push/onenet", b"", method="GET", query=asked.replace("hello", "hallo"))[0] == 403
    text = json.dumps([POINT, {**POINT, "value": 3}])
    body = f'{{"msg":{text},"msg_signature":"{sign(text)}","nonce":"nonce678"}}'.encode()
    assert post("/push/onenet", body) == (200, b'{"kept": 2}')
    assert post("/push/onenet", body.replace(b"-115", b"-114"))[0] == 403


def test_a_camera_s_smoke_comes_signed_and_fresh(wired: Stage):
    body = json.dumps({"camera": "cam-7", "at": "2026-11-26T02:00:07+08:00", "event": "smoke"}).encode()

    def signed(stamp: int) -> dict[str, str]:
        right = hmac.new(TOKEN.encode(), f"{stamp}.".encode() + body, hashlib.sha256).hexdigest()
        return {"HTTP_X_TIMESTAMP": str(stamp), "HTTP_X_SIGNATURE": right}

    now = int(time.time())
    assert post("/push/video", body, **signed(now)) == (200, b'{"kept": 1}')
    assert post("/push/video", body, **signed(now - 3600))[0] == 403, "an old one played again"
    assert post("/push/video", body)[0] == 403
    assert [*Signal.objects.values_list("sort", "way", "source")] == [("fire", "video", "cam-7")]


def test_what_cannot_be_kept_is_not_answered_as_kept(wired: Stage, monkeypatch: pytest.MonkeyPatch):
    def away(*_args, **_named):
        raise OperationalError("the database is away")

    monkeypatch.setattr(connection, "close", lambda: None)
    with monkeypatch.context() as broken:
        broken.setattr(receive_pushes, "keep_signals", away)
        assert ctwing(SMOKE)[0] == 503
    assert ctwing(SMOKE) == (200, b'{"kept": 1}')


def test_the_shipped_tables_name_their_paper(wired: Stage):
    products = load("yanbian-2023").products
    assert products["video-plain"].codes["event"]["smoke"].sort == "fire"
    assert all(one.source for one in products.values())
