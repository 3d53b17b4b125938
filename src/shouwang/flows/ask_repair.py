"""A device that rings again and again without a fire is a hazard itself (误报检修): reported once a month, by rule."""

from contextlib import suppress
from datetime import datetime, timedelta

from django.utils.crypto import salted_hmac

from shouwang.domains.alarms.models import Alarm
from shouwang.domains.alarms.queries import false_alarms_of
from shouwang.domains.ledger.idempotency import KeyReused
from shouwang.domains.people.actor import Actor
from shouwang.rules.alarm_proposals import FALSE_DAYS, wants_repair

from .report_hazard import REPORT, Report, Reported, report_hazard
from .sight import pack_of, post_with


def ask_repair(actor: Actor, alarm: Alarm, *, now: datetime) -> Reported | None:
    """Report it where the pack's number is reached; whoever called the alarm false reports, where their post may."""
    pack = pack_of(alarm.county, now=now)
    on = now.astimezone(pack.zone).date()
    if alarm.device is None or post_with(actor, REPORT, alarm.region, pack=pack) is None:
        return None
    since = now - timedelta(days=int(pack.value(FALSE_DAYS, on=on).value or 0))
    often = false_alarms_of(alarm.county, alarm.device, part=alarm.part, since=since)
    if not wants_repair(pack, often, on).verdict:
        return None
    report = Report(
        key=_key(alarm, f"{on:%Y-%m}"), region=alarm.region, kind=pack.wiring.kinds.detector, found_at=now,
        place=alarm.place[:120],
    )  # fmt: skip
    # Asked for before in this month: one hazard is enough.
    with suppress(KeyReused):
        return report_hazard(actor, report, now=now)
    return None


def _key(alarm: Alarm, month: str) -> str:
    """Nobody can take it first."""
    return salted_hmac("alarms.repair", f"{alarm.device} {alarm.part} {month}", algorithm="sha256").hexdigest()
