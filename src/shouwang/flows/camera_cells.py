"""What a table or form says of a camera (摄像头登记): where it stands, and where its own system shows the picture."""

from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from shouwang.domains.devices.events import CAMERA
from shouwang.kernel.decision import Reason
from shouwang.kernel.geo import Point
from shouwang.policy.record_shapes import Field
from shouwang.policy.text import Text
from shouwang.rules.field_reading import Asked, is_blank, read

VIDEO = "video"
LONGEST_LINK = 500
_PLACE = Asked(Field(label=Text(zh="", en=""), type="place"), "position", {})


def point_in(raw: object) -> Point | str | None:
    """The place in a cell on WGS-84, None where there is none, or why it cannot be read."""
    if is_blank(raw):
        return None
    found = read(_PLACE, raw)
    if isinstance(found, Reason):
        return _("Longitude and latitude, such as 129.5089, 42.9053; from a Chinese map, add GCJ-02 or BD-09")
    lon, _comma, lat = str(found).partition(",")
    return Point(float(lon), float(lat))


def link_fault(link: str) -> str:
    """Why an address cannot be opened by whoever sits at the desk; nothing where it can."""
    try:
        parts = urlsplit(link)
        named = bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        named = False
    if not named or parts.scheme not in ("http", "https", "rtsp") or len(link) > LONGEST_LINK or " " in link:
        return _("The address begins with https://, http:// or rtsp://.")
    if parts.username or parts.password:
        return _("Leave name and password out: each signs in to that system for themselves.")
    return ""


def misplaced(kind: str, *, way: str, link: str, home: bool, placed: bool) -> dict[str, str]:
    """What does not go together: a camera looks into nobody's home, and where a home stands is sealed."""
    faults = {}
    if kind and (kind == CAMERA) != (way == VIDEO):
        faults["kind"] = _("Cameras come in a list of their own, and nothing else with them.")
    if home and kind == CAMERA:
        faults["mark"] = _("A camera belongs to no home and looks into none.")
    elif home and placed:
        faults["position"] = _("Where a home stands is sealed: leave this out.")
    if link and kind != CAMERA:
        faults["link"] = _("Only a camera has such an address.")
    return faults
