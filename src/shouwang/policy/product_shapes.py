"""What a maker's codes mean (产品对照表): one table a product, from the maker's paper; no two makers agree."""

from collections.abc import Iterator, Mapping
from typing import Literal

from msgspec import Struct

from shouwang.kernel.mqtt_messages import DEVICE, PAYLOAD
from shouwang.policy.findings import Findings
from shouwang.policy.text import Text

Platform = Literal["ctwing", "onenet", "oc", "video", "mqtt"]
Sort = Literal["fire", "gas", "manual_alarm", "fault", "supervisory", "normal", "operation"]
Flag = Literal["test", "low_battery", "backup_power", "main_power", "link", "line", "tampered", "silence", "self_test"]


class Meaning(Struct, frozen=True, forbid_unknown_fields=True):
    """What one code says, in the words of every other signal."""

    sort: Sort
    flags: tuple[Flag, ...] = ()


class Product(Struct, frozen=True, forbid_unknown_fields=True):
    """``product`` as its platform numbers it; ``codes`` by field and value. ``source`` names the maker's paper.

    A code that does not stand here is kept as it came and shown as not known. Over MQTT ``topic`` has {device} where it
    names one, else ``device`` is the field that does; ``stamp`` is that of the time. A field "payload" is the whole
    payload, where that is no JSON.
    """

    id: str
    label: Text
    platform: Platform
    product: str
    source: str
    codes: Mapping[str, Mapping[str, Meaning]] = {}
    battery: str = ""
    topic: str = ""
    device: str = ""
    stamp: str = ""


def check_products(products: Mapping[str, Product], findings: Findings) -> None:
    taken: dict[tuple[str, str], str] = {}
    for key, one in products.items():
        other = taken.setdefault((one.platform, one.product), key)
        if other != key:
            findings.error(f"products: {key}", f"is the same product as {other}")
        if not one.source.strip():
            findings.error(f"products: {key}", "names no paper of its maker")
        for fault in topic_faults(one):
            findings.error(f"products: {key}", fault)
    topics = [one.topic for one in products.values() if one.topic]
    for topic in sorted({topic for topic in topics if topics.count(topic) > 1}):
        findings.error("products", f"several products have the topic {topic}")


def topic_faults(one: Product) -> Iterator[str]:
    if one.platform != "mqtt":
        if one.topic or one.device or one.stamp:
            yield "only a product of the platform mqtt has topic, device and stamp"
        return
    levels = one.topic.split("/")
    named = levels.count(DEVICE)
    odd = [level for level in levels if set(level) & set("#+{}") and level not in ("+", DEVICE)]
    if not one.topic or odd:
        yield "its topic must have whole levels: names, + and {device}"
    elif named + bool(one.device) != 1:
        yield "either its topic has {device} once, or `device` names the field"
    if PAYLOAD in one.codes and (len(one.codes) > 1 or one.device or one.stamp):
        yield "a payload that is one word has no other field"
