"""Receiving over MQTT (接收MQTT消息): many messages kept at once, as every other push; what nobody reads stays raw."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from shouwang.kernel.mqtt_messages import PLATFORM, Came, Route, read_message
from shouwang.kernel.operators import NotReadable
from shouwang.rules.mqtt_routes import routes_of

from . import receive_pushes
from .receive_pushes import OPERATOR, keep_unreadable, receive_messages

# More than this of a message that nobody reads tells no more.
MOST_KEPT = 256 * 1024


def routes() -> dict[str, Route]:
    return routes_of(receive_pushes.pack().products)


def receive_mqtt(
    came: Sequence[Came], known: Mapping[str, Route], *, peer: str, centre: str, now: datetime
) -> tuple[int, int]:
    """(new signals, messages nobody could read); when it returns all are on disk."""
    told: list[receive_pushes.Came] = []
    strange: list[Came] = []
    for one in came:
        try:
            several = read_message(known, one)
        except NotReadable:
            strange.append(one)
            continue
        told += [
            receive_pushes.Came(platform=PLATFORM, body=one.payload, number=number, told=each)
            for number, each in enumerate(several)
        ]
    kept = receive_messages(told, way=OPERATOR, peer=peer, centre=centre, now=now) if told else 0
    return kept + quarantine(strange, centre=centre, now=now), len(strange)


def quarantine(came: Sequence[Came], *, centre: str, now: datetime) -> int:
    """Kept raw with their topics, whatever they are."""
    bodies = [one.topic.encode() + b"\n" + one.payload[:MOST_KEPT] for one in came]
    return keep_unreadable(PLATFORM, bodies, way=OPERATOR, centre=centre, now=now) if bodies else 0
