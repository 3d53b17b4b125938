"""An operator's list of devices comes in (设备清单导入), by IMEI: what can be taken is entered, the rest comes back.

Every device that hangs is proof by itself, of the home it was given to and of the devices a place fitted; nobody enters
the number a second time.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from shouwang.domains.areas.queries import named_anyhow
from shouwang.domains.devices.models import Device
from shouwang.domains.devices.services import register_devices
from shouwang.domains.households.models import Home
from shouwang.domains.households.queries import marked
from shouwang.domains.ledger.minting import mint, salt
from shouwang.domains.ledger.write import Stale
from shouwang.domains.people.actor import Actor
from shouwang.kernel.codes import county_of, covered, covers
from shouwang.kernel.decision import Reason
from shouwang.kernel.gb26875.frames import ADDRESS_SPACE
from shouwang.kernel.geo import Point
from shouwang.rules.forgiving import tidy
from shouwang.rules.named_areas import Known, area_meant, code_in, known

from .amend_cameras import Again, Name, amend, here_already, named, said_anew
from .camera_cells import VIDEO, link_fault, misplaced, point_in
from .households_sight import home_sight
from .install_detector import ENTER, address_fault, device_by, site_of
from .refusal import too_long
from .sight import areas_for, counties_within, pack_of

COLUMNS = (
    "address", "kind", "area", "place", "mark", "site", "operator", "installed_on", "installer", "tested_on", "ends_on",
    "position", "link",
)  # fmt: skip
NEEDED = ("address", "kind", "area", "place")
DAYS = ("installed_on", "tested_on", "ends_on")
MOST = 5000
# Ways on which an address is a number, and the first number that is none.
NUMBERS = {"gb26875": ADDRESS_SPACE}
LONGEST = {"address": 40, "place": 120, "operator": 20, "installer": 80}


@dataclass(frozen=True, kw_only=True)
class DeviceRow:
    """A row as it was sent; `number` is its place in the table."""

    number: int
    cells: Mapping[str, object]

    def text(self, name: str) -> str:
        return tidy(self.cells.get(name))


@dataclass(frozen=True, kw_only=True)
class Words:
    """What the cells of a table may say, in any language: {word: code}."""

    kinds: Mapping[str, str]
    sites: Mapping[str, str]


@dataclass(kw_only=True)
class Taken:
    """The numbers of the rows that were entered, changed what was here, or were here already, and the faults of the
    others by column."""

    new: list[int] = field(default_factory=list)
    amended: list[int] = field(default_factory=list)
    same: list[int] = field(default_factory=list)
    refused: dict[int, dict[str, str]] = field(default_factory=dict)


def may_import(actor: Actor) -> bool:
    return bool(areas_for(actor, ENTER))


def import_devices(actor: Actor, rows: Sequence[DeviceRow], words: Words, *, way: str, now: datetime) -> Taken:
    """Enter every device that can be, county by county."""
    work = _Work(actor, words, way, now, tuple(areas_for(actor, ENTER)))
    work.known, work.homes = work.meant(rows), work.behind(rows)
    taken, entered = Taken(), dict[str, list[tuple[int, Device]]]()
    said: set[tuple[str, Name]] = set()
    for row in rows:
        device, faults = work.read(row)
        if device is not None and (device.county, named(device)) in said:
            faults = {"address": _("This address stands in the table twice.")}
        if faults or device is None:
            taken.refused[row.number] = faults
            continue
        said.add((device.county, named(device)))
        entered.setdefault(device.county, []).append((row.number, device))
    for county, several in entered.items():
        # The same table sent twice at once: the second time round, the devices are here.
        if not (_entered(work, county, several, taken) or _entered(work, county, several, taken)):
            reason = _("Somebody else entered such an address at the same moment. Send the table once more.")
            taken.refused |= {number: {"address": reason} for number, _device in several}
    return taken


def _entered(work: "_Work", county: str, several: Sequence[tuple[int, Device]], taken: Taken) -> bool:
    """Enter the devices of a county that are not here yet; False, and nothing, where one came in meanwhile."""
    here = here_already(county, work.way, [device for _n, device in several])
    fresh = [(number, device) for number, device in several if named(device) not in here]
    again = {one.number: one for one in said_anew(here, several)}
    others = [number for number, one in again.items() if not covered(work.reach, one.camera.region)]
    amended = [one for number, one in again.items() if number not in others]
    try:
        with transaction.atomic():
            work.enter(county, [device for _number, device in fresh])
            work.amend(amended)
    except (IntegrityError, Stale):
        return False
    reason = _("Another device has this address already.")
    taken.refused |= {number: {"address": reason} for number in others}
    taken.amended += [one.number for one in amended]
    taken.same += [number for number, device in several if named(device) in here and number not in again]
    taken.new += [number for number, _device in fresh]
    return True


@dataclass
class _Work:
    """One delivery: whose it is, and the areas its rows name, asked once."""

    actor: Actor
    words: Words
    way: str
    now: datetime
    reach: tuple[str, ...]
    known: Known = field(default_factory=Known)
    homes: Mapping[str, Sequence[Home]] = field(default_factory=dict)

    def meant(self, rows: Sequence[DeviceRow]) -> Known:
        cells = {word for row in rows if (word := row.text("area")) and "\0" not in word}
        if not cells:
            return Known()
        wanted = {code_in(cell) or cell for cell in cells}
        found = named_anyhow(wanted, counties=counties_within(self.reach))
        return known((place.code, (place.zh, place.ko)) for place in found)

    def behind(self, rows: Sequence[DeviceRow]) -> Mapping[str, Sequence[Home]]:
        """{door mark: the homes of the person's own sight that have it}."""
        marks = {mark for row in rows if (mark := row.text("mark")) and "\0" not in mark}
        found: dict[str, list[Home]] = {}
        for home in marked(home_sight(self.actor), marks):
            found.setdefault(home.mark, []).append(home)
        return found

    def read(self, row: DeviceRow) -> tuple[Device | None, dict[str, str]]:
        needed = [name for name in NEEDED if name != "place" or not row.text("mark")]
        faults = {name: _("This is needed.") for name in needed if not row.text(name)}
        for name, most in LONGEST.items():
            if fault := too_long(row.text(name), most):
                faults[name] = fault
        kind = self.words.kinds.get(row.text("kind").casefold(), "")
        if row.text("kind") and not kind:
            faults["kind"] = _("This kind of device is not known.")
        site = self.words.sites.get(row.text("site").casefold(), "")
        if row.text("site") and not site:
            faults["site"] = _("This kind of place is not known.")
        address = self._address(row, faults)
        region = area_meant(row.text("area"), self.known) if row.text("area") else ""
        if isinstance(region, Reason) or (region and not covered(self.reach, region)):
            faults["area"] = _("No area of yours has this name or code.")
        home = self._home(row, region, faults) if isinstance(region, str) else None
        days = {name: self._day(row, name, faults) for name in DAYS}
        point, link = self._point(row, faults), self._link(row, faults)
        home_named, placed = bool(row.text("mark")), point is not None
        faults |= misplaced(kind, way=self.way, link=link, home=home_named, placed=placed)
        if faults or isinstance(region, Reason):
            return None, faults
        # Where a home stands is sealed, so of one that is named nothing but its mark is written down here.
        place, region = (home.mark, home.region) if home else (row.text("place"), region)
        return Device(
            id=mint(self.now), county=county_of(region), region=region, salt=salt(), kind=kind, way=self.way,
            address=address, operator=row.text("operator"), place=place, household=home.id if home else None,
            site=site or (site_of(home) if home else ""), installer=row.text("installer"), entered_at=self.now,
            link=link, lon=point.lon if point else None, lat=point.lat if point else None, **days,
        ), {}  # fmt: skip

    def _home(self, row: DeviceRow, region: str, faults: dict[str, str]) -> Home | None:
        """The one home of the area with this door mark, where one is named."""
        mark = row.text("mark")
        if not mark or not region:
            return None
        found = [home for home in self.homes.get(mark, ()) if covers(region, home.region)]
        if len(found) == 1:
            return found[0]
        several = _("Several homes there have this mark. Name the grid.")
        faults["mark"] = several if found else _("No home of yours there has this mark.")
        return None

    def _point(self, row: DeviceRow, faults: dict[str, str]) -> Point | None:
        found = point_in(row.cells.get("position"))
        if isinstance(found, str):
            faults["position"] = found
            return None
        return found

    def _link(self, row: DeviceRow, faults: dict[str, str]) -> str:
        link = row.text("link")
        if link and (fault := link_fault(link)):
            faults["link"] = fault
        return link

    def _address(self, row: DeviceRow, faults: dict[str, str]) -> str:
        address, numbers = row.text("address").replace(" ", ""), NUMBERS.get(self.way)
        if not address or "address" in faults:
            return address
        # The platforms of cameras number them with hyphens; no operator does so.
        plain = address.replace("-", "").replace("_", "") if self.way == VIDEO else address
        if fault := address_fault(plain):
            faults["address"] = fault
        elif numbers is not None:
            # A device says its number without leading zeros.
            if address.isdecimal() and int(address) < numbers:
                return str(int(address))
            faults["address"] = _("A source address is a number of digits only, at most %(most)s.") % {
                "most": numbers - 1
            }
        return address

    def _day(self, row: DeviceRow, name: str, faults: dict[str, str]) -> date | None:
        raw = row.cells.get(name)
        if isinstance(raw, datetime):
            found: date | None = raw.date()
        elif isinstance(raw, date) or not row.text(name):
            found = raw if isinstance(raw, date) else None
        else:
            try:
                found = date.fromisoformat(row.text(name).replace("/", "-").replace(".", "-"))
            except ValueError:
                faults[name] = _("A day is written 2026-11-26.")
                return None
        if found is not None and name != "ends_on" and found > timezone.localdate(self.now):
            faults[name] = _("This day has not come yet.")
        return found

    def enter(self, county: str, devices: Sequence[Device]) -> None:
        if not devices:
            return
        by = device_by(self.actor, devices[0].region, pack=pack_of(county, now=self.now), now=self.now)
        register_devices(devices, by, region=county, object_id=mint(self.now))

    def amend(self, several: Sequence[Again]) -> None:
        for one in several:
            region = one.camera.region
            amend(one, device_by(self.actor, region, pack=pack_of(one.camera.county, now=self.now), now=self.now))
