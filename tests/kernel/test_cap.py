"""CAP 1.2: elements in the order of the standard, moments with their zone, nothing that breaks a reference."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shouwang.kernel.cap import NAMESPACE, Alert, Info, Place, written

HERE = timezone(timedelta(hours=8))
SAMPLES = Path(__file__).resolve().parents[3] / "shared" / "data" / "cap"
# CAP-v1.2.xsd: what may follow what.
ALERT = ["identifier", "sender", "sent", "status", "msgType", "source", "scope", "info"]
INFO = [
    "language", "category", "event", "responseType", "urgency", "severity", "certainty", "audience", "eventCode",
    "effective", "onset", "expires", "senderName", "headline", "description", "instruction", "web", "contact",
    "parameter", "resource", "area",
]  # fmt: skip
SAID = Info(
    language="ko-KR", category="Fire", event="짚 태우지 않기", urgency="Unknown", severity="Minor",
    certainty="Unknown", headline="짚 태우지 않기", description="바람 & 불 < 위험", sender_name="대석두진",
    expires=datetime(2026, 10, 11, tzinfo=HERE),
)  # fmt: skip
WHOLE = Alert(
    identifier="222403100-straw-20261010", sender="yanbian.222403100", sent=datetime(2026, 10, 10, 6, 30, 1, 5, HERE),
    status="Draft", infos=[replace(SAID, language="zh-CN"), SAID],
    places=[Place(name="大石头镇", code="222403100", list="GB/T 2260")],
)  # fmt: skip


def names(element: ET.Element) -> list[str]:
    return [child.tag.removeprefix(f"{{{NAMESPACE}}}") for child in element]


def ordered(found: list[str], order: list[str]) -> bool:
    places = [order.index(name) for name in found]
    return places == sorted(places)


def test_every_element_stands_where_the_standard_has_it():
    root = ET.fromstring(written(WHOLE))
    assert root.tag == f"{{{NAMESPACE}}}alert" and ordered(names(root), ALERT)
    infos = root.findall(f"{{{NAMESPACE}}}info")
    assert len(infos) == 2 and all(ordered(names(info), INFO) for info in infos)
    assert infos[1].findtext(f"{{{NAMESPACE}}}description") == SAID.description


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the samples are not here")
@pytest.mark.parametrize("name", ["canada.cap", "weather.cap", "taiwan.cap"])
def test_the_order_held_here_is_that_of_messages_in_the_field(name: str):
    root = ET.parse(SAMPLES / name).getroot()
    info = next(child for child in root if child.tag.endswith("info"))
    assert ordered([child.tag.partition("}")[2] for child in info], INFO)


def test_moments_carry_their_zone_in_figures():
    root = ET.fromstring(written(WHOLE))
    assert root.findtext(f"{{{NAMESPACE}}}sent") == "2026-10-10T06:30:01+08:00"
    utc = ET.fromstring(written(replace(WHOLE, sent=datetime(2026, 1, 1, tzinfo=UTC))))
    assert utc.findtext(f"{{{NAMESPACE}}}sent") == "2026-01-01T00:00:00-00:00"
    with pytest.raises(ValueError, match="zone"):
        written(replace(WHOLE, sent=datetime(2026, 1, 1)))


@given(st.text(max_size=20))
def test_an_identifier_that_would_break_a_reference_is_refused(text: str):
    broken = not text or bool(set(text) & set(" ,<&"))
    if broken:
        with pytest.raises(ValueError, match="reference"):
            written(replace(WHOLE, identifier=text))
