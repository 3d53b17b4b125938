"""What operators' platforms push (运营商平台推送): CTWing, OneNET, the older OC, and video analytics, as one shape.

Only what stands in the body; what a maker's codes mean is told by the product's table. Everything is kept as text: a
number that was written 1.0 must be found again as it came.
"""

import base64
import binascii
import hashlib
import hmac
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec

from shouwang.kernel.told_values import NotJson, digest_of, flat, from_json, moment, text_of

ADDRESS = 40
# What a platform calls a message, in the words of this house.
MESSAGES = {
    "dataReport": "data", "dataReportTupUnion": "data", "eventReport": "event", "deviceDataChanged": "data",
    "deviceOnlineOfflineReport": "presence", "commandResponse": "answer",
}  # fmt: skip


class NotReadable(Exception):
    """No JSON, or not what this platform sends; the body is kept all the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pushed:
    """One message about one device; `stamp` is its time as the platform wrote it, `address` its IMEI if there is one.

    `content` is the digest of what it says; `again`: how long the same is a repetition, where only its wire can tell.
    """

    product: str
    device: str
    address: str
    message: str
    stamp: str
    at: datetime | None
    content: bytes
    values: Mapping[str, str] = field(default_factory=dict)
    again: timedelta | None = None

    @property
    def fingerprint(self) -> bytes:
        """Device, time and content: the packet numbers of these platforms are -1 or empty."""
        told = b"\0".join((self.device.encode(), self.stamp.encode(), self.message.encode(), self.content))
        return hashlib.sha256(told).digest()[:16]


def read(platform: str, body: bytes) -> list[Pushed]:
    """The messages of one delivery that can be read; the body is kept whole with each. Raises NotReadable for none."""
    try:
        told = from_json(body)
    except NotJson:
        raise NotReadable from None
    if not isinstance(told, dict):
        raise NotReadable
    found = [one for one in READERS[platform](told) if one.device]
    if not found:
        raise NotReadable
    return found


def signed_by_onenet(body: bytes, token: str) -> bool:
    """Whether base64(md5(token + nonce + msg)) is what the platform says, of `msg` exactly as it was written."""
    try:
        told = msgspec.json.decode(body, type=dict[str, msgspec.Raw])
        nonce = msgspec.json.decode(told["nonce"], type=str)
        said = msgspec.json.decode(told["msg_signature"] if "msg_signature" in told else told["signature"], type=str)
        raw = bytes(told["msg"])
        text = msgspec.json.decode(raw, type=str).encode() if raw.startswith(b'"') else raw
    except (msgspec.DecodeError, UnicodeDecodeError, KeyError):
        return False
    return same_signature(token, nonce, text, said)


def same_signature(token: str, nonce: str, text: bytes, said: str) -> bool:
    right = base64.b64encode(hashlib.md5(token.encode() + nonce.encode() + text, usedforsecurity=False).digest())
    return hmac.compare_digest(right, said.encode())


def _ctwing(told: Mapping[str, Any]) -> Iterator[Pushed]:
    payload = told.get("payload")
    values = dict(flat(_opened(payload) if isinstance(payload, dict) else payload))
    if not values and "eventContent" in told:
        values = dict(flat(told["eventContent"]))
    if "eventType" in told:
        values["eventType"] = text_of(told["eventType"])
    imei = text_of(told.get("IMEI") or values.get("serviceData.IMEI") or "")
    device = text_of(told.get("deviceId") or imei)
    yield Pushed(
        product=text_of(told.get("productId", "")), device=device,
        content=digest_of([payload, told.get("eventContent")]),
        address=imei if imei not in ("", "undefined") else device,
        message=MESSAGES.get(text_of(told.get("messageType", "")), "other"), stamp=text_of(told.get("timestamp", "")),
        at=moment(told.get("timestamp")), values=values,
    )  # fmt: skip


def _onenet(told: Mapping[str, Any]) -> Iterator[Pushed]:
    message = told.get("msg")
    if isinstance(message, str):
        try:
            message = from_json(message)
        except NotJson:
            raise NotReadable from None
    for one in message if isinstance(message, list) else [message]:
        if not isinstance(one, dict):
            continue
        presence = one.get("type") == 2
        name = "status" if presence else text_of(one.get("ds_id", ""))
        value = one.get("status") if presence else one.get("value")
        device = text_of(one.get("dev_id") or one.get("imei") or "")
        yield Pushed(
            product=text_of(one.get("productId") or one.get("pid") or ""), device=device,
            address=text_of(one.get("imei") or device), message="presence" if presence else "data",
            stamp=text_of(one.get("at", "")), at=moment(one.get("at")), content=digest_of([name, value]),
            values=dict(flat({name: value})),
        )  # fmt: skip


def _oc(told: Mapping[str, Any]) -> Iterator[Pushed]:
    service = told.get("service")
    if not isinstance(service, dict):
        raise NotReadable
    device, stamp = text_of(told.get("deviceId", "")), text_of(service.get("eventTime", ""))
    yield Pushed(
        product=text_of(service.get("serviceType", "")), device=device, address=device,
        message=MESSAGES.get(text_of(told.get("notifyType", "")), "other"), stamp=stamp, at=_basic(stamp),
        content=digest_of(service),
        values=dict(flat(service.get("data"))),
    )  # fmt: skip


def _video(told: Mapping[str, Any]) -> Iterator[Pushed]:
    device, stamp = text_of(told.get("camera", "")), text_of(told.get("at", ""))
    try:
        at = datetime.fromisoformat(stamp)
    except ValueError:
        at = None
    yield Pushed(
        product=text_of(told.get("product", "")), device=device, address=device, message="event", stamp=stamp,
        at=at if at is None or at.tzinfo else None, content=digest_of(told),
        values=dict(flat({name: value for name, value in told.items() if name not in ("camera", "at", "product")})),
    )  # fmt: skip


READERS: Mapping[str, Callable[[Mapping[str, Any]], Iterator[Pushed]]] = {
    "ctwing": _ctwing, "onenet": _onenet, "oc": _oc, "video": _video,
}  # fmt: skip


def _opened(payload: Mapping[str, Any]) -> Any:
    """A transparent payload, which is base64: JSON where it holds JSON, else its bytes in hex."""
    inside = payload.get("APPdata")
    if not isinstance(inside, str):
        return payload
    try:
        data = base64.b64decode(inside, validate=True)
    except (binascii.Error, ValueError):
        return payload
    try:
        told = from_json(data)
    except NotJson:
        told = data.hex()
    return {**payload, "APPdata": told}


def _basic(stamp: str) -> datetime | None:
    """20160503T121540Z, as the older platform writes it."""
    try:
        return datetime.strptime(stamp, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    except ValueError:
        return None
