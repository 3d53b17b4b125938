"""MQTT消息: which device a topic names, when it was, and what counts as the same message once more."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as some

from shouwang.kernel.mqtt_messages import SENT_AGAIN, SOON, Came, Route, read_message
from shouwang.kernel.operators import NotReadable
from shouwang.policy import load
from shouwang.policy.findings import Findings
from shouwang.policy.product_shapes import Meaning, Product, check_products
from shouwang.policy.text import Text
from shouwang.rules.mqtt_routes import routes_of
from shouwang.rules.operator_codes import product_of, said

ROUTES = {
    "ours": Route(topic="shouwang/{device}/up", product="", stamp="at"),
    "inside": Route(topic="v1/+/alarm", product="inside", device="head.imei", stamp="head.ts"),
    "words": Route(topic="GIOT-GW/UL/{device}", product="words", plain=True),
}


def read(topic, payload, **more):
    [one] = read_message(ROUTES, Came(topic=topic, payload=payload, **more))
    return one


def test_a_device_is_named_by_the_topic_or_inside():
    one = read("shouwang/8603-1/up", b'{"event":"smoke","at":"2026-11-26T02:00:07+08:00"}')
    at = datetime(2026, 11, 25, 18, 0, 7, tzinfo=UTC)
    assert (one.device, one.values["event"], one.at) == ("8603-1", "smoke", at)
    one = read("v1/gw7/alarm", b'{"head":{"imei":"8603","ts":1764093607},"s":1}')
    assert (one.device, one.product, one.at) == ("8603", "inside", datetime(2025, 11, 25, 18, 0, 7, tzinfo=UTC))
    assert read("v1/gw7/alarm", b'{"head":{"imei":"8603","ts":1764093607000}}').at == one.at
    assert [read("GIOT-GW/UL/a", payload).values["payload"] for payload in (b"A55A01\r\n", b"\xa5\x5a")] == [
        "A55A01", "a55a",
    ]  # fmt: skip
    several = read_message(ROUTES, Came(topic="v1/g/alarm", payload=b'[{"head":{"imei":"1"}},{"head":{"imei":"2"}},7]'))
    assert [one.device for one in several] == ["1", "2"]


@pytest.mark.parametrize(
    "topic, payload",
    [("other/8603/up", b"{}"), ("shouwang/8603", b"{}"), ("shouwang/8603/up", b"\xff"), ("v1/g/alarm", b'{"x":1}'),
     ("shouwang//up", b"{}"), ("v1/g/alarm", b"[" * 5000)],
)  # fmt: skip
def test_what_nobody_can_read_says_so(topic: str, payload: bytes):
    with pytest.raises(NotReadable):
        read_message(ROUTES, Came(topic=topic, payload=payload))


@given(some.text(max_size=20), some.binary(max_size=60), some.sampled_from([*ROUTES.values()]))
def test_rubbish_never_does_more_than_that(name: str, payload: bytes, route: Route):
    try:
        read_message(ROUTES, Came(topic=route.topic.replace("{device}", name).replace("+", name), payload=payload))
    except NotReadable:
        pass


def test_what_counts_as_the_same_once_more():
    told = b'{"event":"smoke"}'
    first, again = read("shouwang/1/up", told, number=7), read("shouwang/1/up", told, number=7, again=True)
    assert first.fingerprint == again.fingerprint and (first.again, again.again) == (SOON, SENT_AGAIN)
    assert read("shouwang/1/up", told, number=8).fingerprint != first.fingerprint, "it rings once more"
    kept = [read("shouwang/1/up", told, number=n, retained=True) for n in (1, 2)]
    assert kept[0].fingerprint == kept[1].fingerprint and kept[0].again is None, "what is only kept is no news"
    timed = [read("shouwang/1/up", b'{"event":"smoke","at":"x"}', number=n) for n in (1, 2)]
    assert timed[0].fingerprint == timed[1].fingerprint and timed[0].again is None


def table(**more):
    told = {"platform": "mqtt", "product": "p", "source": "a paper"} | more
    return Product(id="p", label=Text(zh="x", ko="x", en="x"), **told)


@pytest.mark.parametrize(
    "more",
    [{}, {"topic": "a/#"}, {"topic": "a/b{device}"}, {"topic": "a/b"}, {"topic": "{device}/{device}"},
     {"topic": "{device}", "device": "imei"}, {"platform": "ctwing", "topic": "{device}"},
     {"topic": "{device}", "stamp": "t", "codes": {"payload": {"1": Meaning(sort="fire")}}}],
)  # fmt: skip
def test_a_table_that_cannot_work_is_refused(more):
    found = Findings()
    check_products({"p": table(**more)}, found)
    assert found.refused


def test_the_shipped_table_reads_our_own_words():
    products = load("yanbian-2023").products
    routes = routes_of(products)
    came = Came(topic="shouwang/1/up", payload=b'{"event":"smoke","battery":80,"at":1764093607}')
    [one] = read_message(routes, came)
    meant = said(product_of(products, "mqtt", one), one)
    assert (meant.sort, meant.battery) == ("fire", 80)
    narrow = routes_of({"a": table(topic="x/+/{device}"), "b": table(topic="x/y/{device}")})
    assert [*narrow] == ["b", "a"]
