"""Devices of the simulated days (报警设备): fitted from an operator's list, speaking in frames of the wire."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from shouwang.domains.devices.hearing import Heard, Known
from shouwang.flows.follow_signals import follow
from shouwang.flows.import_devices import DeviceRow, Words, import_devices
from shouwang.flows.receive_signals import keep_signals, note, whose
from shouwang.gateways.gb26875.sorting import Sender, sort
from shouwang.gateways.gb26875.writing import WAY
from shouwang.kernel.gb26875.frames import Command, Frame, encode, label_of, whole
from shouwang.kernel.gb26875.layouts import unit
from shouwang.kernel.gb26875.profiles import profile

from .field import CENTRE, FIRST_ADDRESS
from .places import COUNTIES, PREFECTURE, grids_of, villages_of
from .settling import Town

# Addresses of homes stand apart from those at which `gb26875 simulate` speaks, which are those of places.
FIRST_HOME, HOMES_EACH, PLACES_EACH = 110_000, 2, 2
SMOKE, GAS, CALL_POINT = 40, 10, 23
# What a detector says of itself, and what its device does.
FIRE, NORMAL, FAULT = 0x0003, 0x0001, 0x0005
NO_MAINS, NO_BATTERY, NO_LINE = 0x09, 0x11, 0x41
PLACES = ("敬老院", "中心小学", "供销社仓库", "农贸市场", "卫生院", "木材加工点")
# A detector on a battery speaks once a day.
SILENT, BEAT = 0.05, timedelta(days=1)
WORDS = Words(
    kinds={one: one for one in ("smoke_alarm", "gas_alarm", "transmitter")}, sites={"rural_home": "rural_home"}
)
Said = tuple[str, bytes]


def component(status: int, *, sort: int = SMOKE, number: int = 1, where: str = "", at: datetime) -> bytes:
    """What a detector behind a device says of itself."""
    return unit(2, [{
        "system": 1, "system_address": 1, "component": sort, "address": number.to_bytes(4, "little").hex(),
        "status": status, "note": where, "time": at,
    }])  # fmt: skip


def transmitter(status: int, *, at: datetime) -> bytes:
    """What the device says of itself."""
    return unit(21, [{"status": status, "time": at}])


@dataclass(kw_only=True)
class Detectors:
    """What hangs where, by address; `homes` are those of each grid, `places` those of each township."""

    town: Town
    dice: Random
    pack: str
    known: dict[str, Known] = field(default_factory=dict)
    homes: dict[str, list[str]] = field(default_factory=dict)
    places: dict[str, list[str]] = field(default_factory=dict)
    serial: int = 0

    def hang(self, at: datetime) -> None:
        """Each station brings in the list of what was fitted in its township, and every device is heard."""
        home, place = FIRST_HOME, FIRST_ADDRESS
        for county in COUNTIES:
            for township in county.townships:
                rows = [*self._in_homes(township, home, at), *self._in_places(township, place, at)]
                home, place = home + len(rows) - PLACES_EACH, place + PLACES_EACH
                taken = import_devices(self.town.of("station_head", township)[0], rows, WORDS, way=WAY, now=at)
                assert not taken.refused, taken.refused
        self.known = dict(whose(WAY, [one for some in (*self.homes.values(), *self.places.values()) for one in some]))

    def say(self, county: str, said: Sequence[Said], *, at: datetime) -> None:
        """Devices of a county say so, and what follows signals has heard it."""
        frames = [(self._frame(address, data, at), self._sender(address)) for address, data in said]
        kept = [one for frame, sender in frames for one in sort(frame, sender, now=at).keep]
        keep_signals(county, kept, way=WAY, at=at)
        follow(county=county, now=at)

    def beat(self, at: datetime) -> None:
        """Most were heard within the day; a few have been silent for longer."""
        note(WAY, [self._heard(address, one, at) for address, one in self.known.items()], centre=PREFECTURE)

    def _in_homes(self, township: str, first: int, at: datetime) -> Iterator[DeviceRow]:
        number = first
        for village in villages_of(self.pack, township):
            for grid in grids_of(village):
                for door in range(1, HOMES_EACH + 1):
                    self.homes.setdefault(grid, []).append(str(number))
                    mark, kind = f"{int(grid[-3:])}-{door}", "gas_alarm" if self.dice.random() < 0.2 else "smoke_alarm"
                    yield self._row(number, at, kind=kind, area=grid, mark=mark, site="rural_home")
                    number += 1

    def _in_places(self, township: str, first: int, at: datetime) -> Iterator[DeviceRow]:
        village = villages_of(self.pack, township)[0]
        for number, name in enumerate(self.dice.sample(PLACES, PLACES_EACH), start=first):
            self.places.setdefault(township, []).append(str(number))
            yield self._row(number, at, kind="transmitter", area=village, place=name)

    def _row(self, number: int, at: datetime, **cells: str) -> DeviceRow:
        fitted = (at - timedelta(days=self.dice.randint(20, 400))).date()
        told = {"address": str(number), "installer": "某智慧消防公司", "installed_on": fitted, "tested_on": fitted}
        return DeviceRow(number=number, cells={**told, **cells})

    def _frame(self, address: str, data: bytes, at: datetime) -> Frame:
        """As it comes over the wire."""
        self.serial = (self.serial + 1) % 65536
        return whole(encode(Frame(self.serial, Command.SEND, int(address), CENTRE, label_of(at), data)))

    def _sender(self, address: str) -> Sender:
        one = self.known[address]
        return Sender(county=one.county, region=one.region, device=one.id, profile=profile(one.profile))

    def _heard(self, address: str, one: Known, at: datetime) -> Heard:
        days = self.dice.randint(4, 9) if self.dice.random() < SILENT else self.dice.random()
        return Heard(
            county=one.county, region=one.region, address=address, device=one.id, peer="127.0.0.1",
            at=at - days * BEAT, beat=BEAT.total_seconds(),
        )  # fmt: skip
