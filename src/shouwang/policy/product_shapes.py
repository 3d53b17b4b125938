"""What a maker's codes mean (产品对照表): one table a product, from the maker's paper; no two makers agree."""

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct

from shouwang.policy.findings import Findings
from shouwang.policy.text import Text

Platform = Literal["ctwing", "onenet", "oc", "video"]
Sort = Literal["fire", "gas", "manual_alarm", "fault", "supervisory", "normal", "operation"]
Flag = Literal["test", "low_battery", "backup_power", "main_power", "link", "line", "tampered", "silence", "self_test"]


class Meaning(Struct, frozen=True, forbid_unknown_fields=True):
    """What one code says, in the words of every other signal."""

    sort: Sort
    flags: tuple[Flag, ...] = ()


class Product(Struct, frozen=True, forbid_unknown_fields=True):
    """``product`` as its platform numbers it; ``codes`` by field and value. ``source`` names the maker's paper.

    A code that does not stand here is kept as it came and shown as not known.
    """

    id: str
    label: Text
    platform: Platform
    product: str
    source: str
    codes: Mapping[str, Mapping[str, Meaning]] = {}
    battery: str = ""


def check_products(products: Mapping[str, Product], findings: Findings) -> None:
    taken: dict[tuple[str, str], str] = {}
    for key, one in products.items():
        other = taken.setdefault((one.platform, one.product), key)
        if other != key:
            findings.error(f"products: {key}", f"is the same product as {other}")
        if not one.source.strip():
            findings.error(f"products: {key}", "names no paper of its maker")
