"""Receiving what operators' platforms push (接收平台推送): kept like every other signal before it is answered."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from shouwang.domains.devices.hearing import Heard, Known
from shouwang.domains.devices.signal_text import Received
from shouwang.kernel.codes import county_of
from shouwang.kernel.operators import ADDRESS, NotReadable, Pushed, read
from shouwang.rules.device_hearing import RESENDS, beat
from shouwang.rules.operator_codes import Said, product_of, said, says_gone

from .receive_signals import beats, keep_signals, note, wake_followers, whose
from .sight import pack

# The way that every operator's platform speaks, whatever wire it comes by.
OPERATOR = "operator"
WAYS = {"ctwing": OPERATOR, "onenet": OPERATOR, "oc": OPERATOR, "video": "video"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Came:
    """One message of a delivery, with the whole delivery as it came; `number` is its place in it."""

    platform: str
    body: bytes
    number: int
    told: Pushed


def receive_push(platform: str, body: bytes, *, peer: str, centre: str, now: datetime) -> int:
    """Keep one delivery; when it returns it is on disk. How many signals were new; a repetition adds none."""
    try:
        messages = read(platform, body)
    except NotReadable:
        return keep_unreadable(platform, [body], way=WAYS[platform], centre=centre, now=now)
    came = [Came(platform=platform, body=body, number=number, told=one) for number, one in enumerate(messages)]
    return receive_messages(came, way=WAYS[platform], peer=peer, centre=centre, now=now)


def receive_messages(came: Sequence[Came], *, way: str, peer: str, centre: str, now: datetime) -> int:
    """Keep what many deliveries say, in one transaction a county; how many signals were new."""
    known = whose(way, [name for one in came for name in _names(one.told)])
    table, signals, heard = pack().products, [], []
    last = beats(way, [_address(one.told) for one in came])
    for one in came:
        told = one.told
        owner = next((known[name] for name in _names(told) if name in known), None)
        meant = said(product_of(table, one.platform, told), told)
        region = owner.region if owner else centre
        signals.append(_signal(one, meant, owner=owner, region=region, now=now))
        if not says_gone(told):
            before = last.get(_address(told))
            heard.append(_heard(told, meant, owner=owner, region=region, peer=peer, now=now, last=before))
    kept = _keep(way, signals, now)
    # The same device twice in one delivery is heard once.
    note(way, list({one.address: one for one in heard}.values()), centre=centre)
    return kept


def keep_unreadable(platform: str, bodies: Sequence[bytes], *, way: str, centre: str, now: datetime) -> int:
    """What nobody can read is kept as it came, with the receiving centre."""
    return _keep(way, [_raw(platform, body, centre, now) for body in bodies], now)


def _keep(way: str, signals: list[Received], now: datetime) -> int:
    counties: dict[str, list[Received]] = {}
    for one in signals:
        counties.setdefault(county_of(one.region), []).append(one)
    kept = sum(keep_signals(county, some, way=way, at=now) for county, some in sorted(counties.items()))
    wake_followers(sorted(counties))
    return kept


def _names(one: Pushed) -> Iterator[str]:
    """What the register may know it by."""
    yield _address(one)
    if _plain(one.device):
        yield one.device


def _address(one: Pushed) -> str:
    """An address is stored as it came where it can be: of letters, digits and a few signs."""
    name = one.address or one.device
    return name if _plain(name) else "x" + hashlib.sha256(name.encode()).hexdigest()[: ADDRESS - 1]


def _plain(name: str) -> bool:
    return 0 < len(name) <= ADDRESS and name.isascii() and name.replace("-", "").replace("_", "").isalnum()


def _signal(came: Came, meant: Said, *, owner: Known | None, region: str, now: datetime) -> Received:
    one = came.told
    facts = {
        "platform": came.platform, "product": one.product, "message": one.message, "values": dict(one.values),
        "flags": list(meant.flags),
    }  # fmt: skip
    if meant.unknown:
        facts["unknown"] = dict(meant.unknown)
    return Received(
        region=region, source=_address(one), device=owner.id if owner else None, serial=None, command=None, kind=None,
        number=min(came.number, 32767), sort=meant.sort, raw=came.body, facts=facts, device_at=one.at, received_at=now,
        fingerprint=one.fingerprint, again_within=one.again or (None if one.stamp else RESENDS),
    )  # fmt: skip


def _heard(
    one: Pushed,
    meant: Said,
    *,
    owner: Known | None,
    region: str,
    peer: str,
    now: datetime,
    last: tuple[datetime, float | None] | None,
) -> Heard:
    learnt = beat(last[1], (now - last[0]).total_seconds()) if last else None
    return Heard(
        county=county_of(region), region=region, address=_address(one), device=owner.id if owner else None,
        peer=peer[:64], at=now, beat=learnt, battery=meant.battery,
    )  # fmt: skip


def _raw(platform: str, body: bytes, centre: str, now: datetime) -> Received:
    """What nobody can read is kept whole, once."""
    return Received(
        region=centre, source=platform, device=None, serial=None, command=None, kind=None, number=0,
        sort="unreadable", raw=body, facts={"platform": platform}, device_at=None, received_at=now,
        fingerprint=hashlib.sha256(platform.encode() + b"\0" + body).digest()[:16],
    )  # fmt: skip
