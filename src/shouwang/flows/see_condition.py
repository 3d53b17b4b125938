"""Whether this installation is well (运行状况): for the health page, the metrics and `shouwang doctor` alike."""

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, InterfaceError
from django.utils import timezone

from shouwang.domains.areas.queries import counties
from shouwang.domains.devices.queries import gateways
from shouwang.domains.ledger import condition
from shouwang.domains.ledger.queries import reached, unsealed
from shouwang.domains.peers.queries import in_use

from .judge_duties import READER

LONGEST_ROUND = timedelta(minutes=2)
MB = 1024 * 1024


class NotWell(Exception):
    """Something is not as it should be; the message may be shown to anybody."""


@dataclass(frozen=True)
class Finding:
    """What one look found; `says` names no address, account or secret."""

    ok: bool
    says: str


SILENT = Finding(False, "the database does not answer")


@dataclass
class Figures:
    """What a monitoring server draws; None is not known."""

    unsealed: int = 0
    evidence_waiting: int = 0
    root_ages: dict[str, float] = field(default_factory=dict)
    acts_today: dict[str, int] = field(default_factory=dict)
    database_bytes: int = 0
    round_age: float | None = None
    backup_age: float | None = None
    gateways: dict[str, dict[str, float]] = field(default_factory=dict)


def findings(*, now: datetime) -> dict[str, Finding]:
    """The looks that a load balancer needs; a database that does not answer is not asked again and again."""
    found = {"disk": _looked(_disk), "database": _looked(_database)}
    if found["database"] != SILENT:
        found |= {"tables": _looked(_tables), "worker": _looked(_worker)}
        if found["tables"].ok:
            found |= _of_others(now)
    return found


def figures(*, now: datetime) -> Figures:
    """Raises DatabaseError when the database does not answer."""
    known = counties()
    roots = {county: at for county in known if (at := condition.newest_root_at(county)) is not None}
    midnight = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    return Figures(
        unsealed=unsealed(),
        evidence_waiting=sum(condition.evidence_beyond(county, reached(county, READER)) for county in known),
        root_ages={county: (now - at).total_seconds() for county, at in roots.items()},
        acts_today=condition.acts_since(known, midnight),
        database_bytes=condition.database_size(),
        round_age=condition.seconds_since_round(),
        backup_age=backup_age(now=now),
        gateways={one.name: one.figures | {"age": (now - one.at).total_seconds()} for one in gateways(known)},
    )


def disk() -> tuple[int, int]:
    """Bytes free and in all where the home lies."""
    usage = shutil.disk_usage(settings.HOME)
    return usage.free, usage.total


def backup_age(*, now: datetime) -> float | None:
    """Seconds since the newest backup of this home; None when none was taken from here."""
    try:
        note = json.loads((Path(settings.HOME) / "last-backup.json").read_text("utf-8"))
        return (now - datetime.fromisoformat(note["at"])).total_seconds()
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _looked(look: Callable[[], str]) -> Finding:
    try:
        return Finding(True, look())
    except NotWell as no:
        return Finding(False, str(no))
    except (DatabaseError, InterfaceError):
        return SILENT
    except OSError:
        return Finding(False, "the home cannot be read")


def _database() -> str:
    version, durable = condition.server()
    if int(version.split(".")[0]) < condition.LEAST_VERSION:
        raise NotWell(f"PostgreSQL {version} is older than {condition.LEAST_VERSION}")
    if not durable:
        raise NotWell("fsync is off: an acknowledged act could be lost")
    return f"PostgreSQL {version}"


def _tables() -> str:
    if waiting := condition.steps_waiting():
        raise NotWell(f"{waiting} migrations wait; run `shouwang migrate`")
    return "up to date"


def _worker() -> str:
    age = condition.seconds_since_round()
    if age is None:
        raise NotWell("no worker is at work; start `shouwang worker`")
    if age > LONGEST_ROUND.total_seconds():
        raise NotWell(f"the worker has done nothing for {age:.0f} seconds")
    return f"last at work {age:.0f} seconds ago"


def _mqtt(now: datetime) -> str:
    told = _told_by("mqtt", "nobody listens to the MQTT broker; start `shouwang mqtt`", now=now)
    if not told.get("connected"):
        raise NotWell("the MQTT broker is not reached, or refuses us")
    if denied := told.get("denied"):
        raise NotWell(f"the MQTT broker does not let us read {denied:.0f} topics")
    return "listening"


def _exchange(now: datetime) -> str:
    told = _told_by("exchange", "nobody tells the connected platforms; start `shouwang exchange`", now=now)
    return f"{told.get('waiting', 0):.0f} words wait"


def _of_others(now: datetime) -> dict[str, Finding]:
    """Processes that only some installations need."""
    try:
        needed = {"mqtt": bool(settings.MQTT_URL), "exchange": any(peer.url for peer in in_use(counties()))}
    except (DatabaseError, InterfaceError):
        return {"database": SILENT}
    looks = {"mqtt": lambda: _mqtt(now), "exchange": lambda: _exchange(now)}
    return {name: _looked(look) for name, look in looks.items() if needed[name]}


def _told_by(name: str, missing: str, *, now: datetime) -> dict[str, float]:
    """What a process last said of itself. Raises NotWell where that is long ago."""
    said = [one for one in gateways(counties()) if one.name == name]
    if not said:
        raise NotWell(missing)
    last = max(said, key=lambda one: one.at)
    age = now - last.at
    if age > LONGEST_ROUND:
        raise NotWell(f"{missing}: silent for {age.total_seconds():.0f} seconds")
    figures: dict[str, float] = last.figures
    return figures


def _disk() -> str:
    free = disk()[0] // MB
    if free < settings.DISK_LEAST_MB:
        raise NotWell(f"{free} MB are free, fewer than {settings.DISK_LEAST_MB}")
    return f"{free} MB free"
