"""Common Alerting Protocol 1.2 (通用警报协议, OASIS): an alert as XML, its elements in the order of the standard.

China's national warning format only looks like it and is another one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from xml.etree import ElementTree as ET

NAMESPACE = "urn:oasis:names:tc:emergency:cap:1.2"
# Signs that separate parts of a reference (CAP 1.2, 3.2.1).
PARTING = frozenset(" ,<&")

Status = Literal["Actual", "Exercise", "System", "Test", "Draft"]
Category = Literal[
    "Geo", "Met", "Safety", "Security", "Rescue", "Fire", "Health", "Env", "Transport", "Infra", "CBRNE", "Other"
]  # fmt: skip
Urgency = Literal["Immediate", "Expected", "Future", "Past", "Unknown"]
Severity = Literal["Extreme", "Severe", "Moderate", "Minor", "Unknown"]
Certainty = Literal["Observed", "Likely", "Possible", "Unlikely", "Unknown"]


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where it holds: a name, and a code under the name of its code list."""

    name: str
    code: str
    list: str


@dataclass(frozen=True, kw_only=True)
class Info:
    """What is said, in one language (RFC 3066)."""

    language: str
    category: Category
    event: str
    urgency: Urgency
    severity: Severity
    certainty: Certainty
    headline: str
    description: str
    sender_name: str
    expires: datetime
    web: str = ""


@dataclass(frozen=True, kw_only=True)
class Alert:
    """One message to the public. Identifier and sender hold no space, comma, < or &."""

    identifier: str
    sender: str
    sent: datetime
    status: Status
    infos: Sequence[Info]
    places: Sequence[Place]


def written(alert: Alert) -> bytes:
    """The message as UTF-8. Raises ValueError for an identifier, sender or moment the standard does not allow."""
    for said in (alert.identifier, alert.sender):
        if not said or PARTING & set(said):
            raise ValueError(f"cap: '{said}' holds a sign that parts a reference, or nothing")
    root = ET.Element("alert", xmlns=NAMESPACE)
    _say(root, "identifier", alert.identifier)
    _say(root, "sender", alert.sender)
    _say(root, "sent", _moment(alert.sent))
    _say(root, "status", alert.status)
    _say(root, "msgType", "Alert")
    _say(root, "scope", "Public")
    for info in alert.infos:
        _inform(root, info, alert.places)
    body: str = ET.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{body}'.encode()


def _inform(root: ET.Element, info: Info, places: Sequence[Place]) -> None:
    part = ET.SubElement(root, "info")
    for name, value in (
        ("language", info.language), ("category", info.category), ("event", info.event), ("urgency", info.urgency),
        ("severity", info.severity), ("certainty", info.certainty), ("expires", _moment(info.expires)),
        ("senderName", info.sender_name), ("headline", info.headline), ("description", info.description),
        ("web", info.web),
    ):  # fmt: skip
        if value:
            _say(part, name, value)
    for place in places:
        area = ET.SubElement(part, "area")
        _say(area, "areaDesc", place.name)
        code = ET.SubElement(area, "geocode")
        _say(code, "valueName", place.list)
        _say(code, "value", place.code)


def _say(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, name).text = text


def _moment(at: datetime) -> str:
    """With its zone as figures and no fraction: the standard allows no Z (3.3.2)."""
    if at.tzinfo is None:
        raise ValueError("cap: a moment needs its zone")
    return at.replace(microsecond=0).isoformat().replace("+00:00", "-00:00")
