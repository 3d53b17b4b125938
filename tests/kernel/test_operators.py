"""What CTWing, OneNET, OC and a video server push, as they push it; rubbish never does more than say so."""

import base64
import hashlib
import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as some

from shouwang.kernel.operators import READERS, NotReadable, read, signed_by_onenet
from shouwang.policy.product_shapes import Meaning, Product
from shouwang.policy.text import Text
from shouwang.rules.operator_codes import product_of, said

SMOKE = {
    "upPacketSN": -1, "upDataSN": -1, "topic": "v1/up/ad19prof", "timestamp": 1606982320277, "tenantId": "10461180",
    "serviceId": "", "protocol": "lwm2m", "productId": "15014772", "messageType": "dataReport", "deviceType": "",
    "deviceId": "acf7", "assocAssetId": "", "IMSI": "undefined", "IMEI": "860300000000001",
    "payload": {"serviceId": "notification", "serviceData": {"TData": 30, "IMEI": "860300000000001",
                "Battery_Level": 87, "Alarm_Status": 2, "AlarmLevel": 100}},
}  # fmt: skip
POINT = {"at": 1555904805407, "imei": "860300000000002", "type": 1, "ds_id": "3300_0_5700", "value": -115,
         "dev_id": 523444202}  # fmt: skip
ONE_MAKER = Product(
    id="one-maker", label=Text(zh="烟感", ko="연기감지기", en="Smoke alarm"), platform="ctwing", product="15014772",
    source="a maker's paper", battery="serviceData.Battery_Level",
    codes={
        "serviceData.Alarm_Status": {"2": Meaning(sort="fire"), "0": Meaning(sort="normal")},
        "serviceData.Tamper": {"1": Meaning(sort="fault", flags=("tampered",))},
    },
)  # fmt: skip


def pushed(platform, told):
    return read(platform, json.dumps(told).encode())


def smoke(**values):
    data = {**SMOKE["payload"]["serviceData"], **values}
    return {**SMOKE, "payload": {"serviceId": "notification", "serviceData": data}}


def test_a_smoke_alarm_over_ctwing():
    [one] = pushed("ctwing", SMOKE)
    assert (one.product, one.device, one.address, one.message) == ("15014772", "acf7", "860300000000001", "data")
    assert one.at == datetime(2020, 12, 3, 7, 58, 40, 277000, UTC)
    assert one.values["serviceData.Alarm_Status"] == "2"


def test_a_product_s_table_says_what_its_codes_mean_and_what_it_does_not_say_is_not_guessed():
    table = {"x": ONE_MAKER}
    assert product_of(table, "onenet", pushed("ctwing", SMOKE)[0]) is None
    meant = {
        code: said(ONE_MAKER, pushed("ctwing", smoke(Alarm_Status=code, Tamper=1))[0]) for code in (2, 0, 9)
    }
    assert (meant[2].sort, meant[2].flags, meant[2].battery) == ("fire", ("tampered",), 87)
    assert meant[0].sort == "fault"
    assert (meant[9].sort, dict(meant[9].unknown)) == ("unknown", {"serviceData.Alarm_Status": "9"})
    unmapped = said(None, pushed("ctwing", SMOKE)[0])
    assert unmapped.sort == "unknown" and unmapped.unknown["serviceData.Alarm_Status"] == "2"
    [plain] = pushed("ctwing", {**SMOKE, "payload": {"serviceData": {"TData": 30}}})
    assert said(ONE_MAKER, plain).sort == "value"
    [gone] = pushed("ctwing", {**SMOKE, "messageType": "deviceOnlineOfflineReport"})
    assert said(ONE_MAKER, gone).sort == "presence"


def test_a_transparent_payload_is_opened():
    inside = base64.b64encode(json.dumps({"b": [{"id": 1, "v": 2}], "c": 27}).encode()).decode()
    assert pushed("ctwing", {**SMOKE, "payload": {"APPdata": inside}})[0].values["APPdata.c"] == "27"
    raw = base64.b64encode(b"\xa5\x5a\x01").decode()
    assert pushed("ctwing", {**SMOKE, "payload": {"APPdata": raw}})[0].values == {"APPdata": "a55a01"}


def test_the_same_message_again_is_told_by_device_time_and_content():
    [first], [again] = pushed("ctwing", SMOKE), pushed("ctwing", {**SMOKE, "upPacketSN": 5})
    assert first.fingerprint == again.fingerprint
    others = [{**SMOKE, "timestamp": 1606982320278}, {**SMOKE, "deviceId": "b"}, smoke(Alarm_Status=3)]
    assert len({first.fingerprint, *(pushed("ctwing", one)[0].fingerprint for one in others)}) == 4
    two = pushed("onenet", {"msg": [POINT, {**POINT, "value": 7}], "nonce": "x"})
    assert len({one.fingerprint for one in two}) == 2


def test_onenet_signs_its_message_as_it_wrote_it():
    for text in (json.dumps(POINT), json.dumps(POINT, separators=(",", ":")), json.dumps([POINT])):
        sign = base64.b64encode(hashlib.md5(b"token-token-token" + b"nonce678" + text.encode()).digest()).decode()
        body = f'{{"msg": {text}, "msg_signature": "{sign}", "nonce": "nonce678"}}'.encode()
        assert signed_by_onenet(body, "token-token-token")
        assert not signed_by_onenet(body, "token-token-tokem")
        assert not signed_by_onenet(body.replace(b"-115", b"-116"), "token-token-token")
        quoted = json.dumps({"msg": text, "signature": sign, "nonce": "nonce678"}).encode()
        assert signed_by_onenet(quoted, "token-token-token")
        assert read("onenet", body)[0].values == read("onenet", quoted)[0].values == {"3300_0_5700": "-115"}


def test_onenet_says_who_came_and_went():
    [one] = pushed("onenet", {"msg": {**POINT, "type": 2, "status": 0}, "nonce": "x"})
    assert (one.message, one.values, one.address) == ("presence", {"status": "0"}, "860300000000002")


def test_one_bad_message_of_many_leaves_the_others_readable():
    smoke_at_home = {**POINT, "value": 7}
    found = pushed("onenet", {"msg": [3, {"at": 1}, None, POINT, [], smoke_at_home], "nonce": "x"})
    assert [one.values["3300_0_5700"] for one in found] == ["-115", "7"]
    with pytest.raises(NotReadable):
        pushed("onenet", {"msg": [3, {"at": 1}], "nonce": "x"})


def test_the_older_platform_and_a_video_server():
    told = {"notifyType": "deviceDataChanged", "deviceId": "d-1", "gatewayId": "d-1", "requestId": None,
            "service": {"serviceId": "Smoke", "serviceType": "Smoke", "data": {"alarm": 1},
                        "eventTime": "20160503T121540Z"}}  # fmt: skip
    [one] = pushed("oc", told)
    assert (one.product, one.at, one.values) == ("Smoke", datetime(2016, 5, 3, 12, 15, 40, tzinfo=UTC), {"alarm": "1"})
    [seen] = pushed("video", {"camera": "cam-7", "at": "2026-11-26T02:00:07+08:00", "event": "smoke"})
    assert (seen.address, seen.at) == ("cam-7", datetime(2026, 11, 25, 18, 0, 7, tzinfo=UTC))
    assert seen.values == {"event": "smoke"}


@pytest.mark.parametrize("platform", sorted(READERS))
@pytest.mark.parametrize("body", [b"", b"[]", b"null", b"{", b"{}", b"\xff\xfe", b'"x"', b'{"msg":7}', b"[" * 5000])
def test_rubbish_is_said_to_be_rubbish(platform, body):
    with pytest.raises(NotReadable):
        read(platform, body)
    assert not signed_by_onenet(body, "token")


JSON = some.recursive(
    some.none() | some.booleans() | some.integers() | some.floats(allow_nan=False) | some.text(max_size=20),
    lambda inner: some.lists(inner, max_size=4) | some.dictionaries(some.text(max_size=8), inner, max_size=4),
    max_leaves=15,
)


@given(some.sampled_from(sorted(READERS)), JSON, JSON, JSON)
def test_any_json_is_read_or_refused(platform, inside, stamp, name):
    told = {**SMOKE, "payload": inside, "timestamp": stamp, "msg": inside, "service": inside, "camera": name}
    told["at"] = stamp
    try:
        found = pushed(platform, told)
    except NotReadable:
        return
    for one in found:
        assert all("\0" not in text for pair in one.values.items() for text in pair)
        assert len(one.fingerprint) == 16 and said(ONE_MAKER, one).sort
