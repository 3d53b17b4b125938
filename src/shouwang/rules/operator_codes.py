"""What a message says (推送含义): by its product's table; what stands in none is kept and shown, not guessed."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from shouwang.kernel.operators import Pushed
from shouwang.policy.product_shapes import Product

UNKNOWN, VALUE, PRESENCE, ANSWER = "unknown", "value", "presence", "answer"
# How CTWing (`eventType`) and OneNET (`status`) write that a device went offline.
GONE = ("0", "offline")
# Of several fields of one message the gravest speaks. A code nobody knows may be an alarm, so it stands before a fault.
GRAVEST = ("fire", "gas", "manual_alarm", UNKNOWN, "fault", "supervisory", "operation", "normal")


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """The sort of signal and its flags; `unknown` are codes that the table does not have; `battery` in percent."""

    sort: str
    flags: tuple[str, ...] = ()
    unknown: Mapping[str, str] = field(default_factory=dict)
    battery: int | None = None


def product_of(products: Mapping[str, Product], platform: str, pushed: Pushed) -> Product | None:
    return next(
        (one for one in products.values() if (one.platform, one.product) == (platform, pushed.product)), None
    )


def said(product: Product | None, pushed: Pushed) -> Said:
    if pushed.message == "presence":
        return Said(sort=PRESENCE)
    if pushed.message == "answer":
        return Said(sort=ANSWER)
    if product is None or not product.codes:
        return Said(sort=UNKNOWN, unknown=pushed.values)
    coded = {name: pushed.values[name] for name in product.codes if name in pushed.values}
    known = [product.codes[name][code] for name, code in coded.items() if code in product.codes[name]]
    unknown = {name: code for name, code in coded.items() if code not in product.codes[name]}
    sorts = [one.sort for one in known] + ([UNKNOWN] if unknown else [])
    return Said(
        sort=min(sorts, key=GRAVEST.index) if sorts else VALUE,
        flags=tuple(dict.fromkeys(flag for one in known for flag in one.flags)),
        unknown=unknown,
        battery=_percent(pushed.values.get(product.battery, "")),
    )


def says_gone(pushed: Pushed) -> bool:
    """Whether the platform tells that a device went offline: it was not heard itself."""
    if pushed.message != "presence":
        return False
    return any(pushed.values.get(name, "").lower() in GONE for name in ("eventType", "status"))


def _percent(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 4 and int(text) <= 100 else None
