"""What alarms, their causes and levels are called (报警用语), and how their clock reads."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from shouwang.faces.templatetags.words import say
from shouwang.policy import load

KINDS = {
    "fire": gettext_noop("Fire alarm"),
    "gas": gettext_noop("Gas alarm"),
    "call": gettext_noop("Alarm by hand"),
    "manual": gettext_noop("Somebody telephoned"),
    "fault": gettext_noop("Device fault"),
    "supervisory": gettext_noop("Supervisory signal"),
}
CAUSES = {
    "main_power": gettext_noop("Mains gone"),
    "backup_power": gettext_noop("Backup power gone"),
    "link": gettext_noop("Line to the centre broken"),
    "line": gettext_noop("Detector line broken"),
    "bus": gettext_noop("Bus fault"),
    "tampered": gettext_noop("Covered or taken off"),
    "low_battery": gettext_noop("Battery low"),
}
CALLS = {
    "household": gettext_noop("The home itself"),
    "helper": gettext_noop("Helper"),
    "stand_in": gettext_noop("Stand-in"),
    "grid": gettext_noop("Of the grid"),
    "village": gettext_noop("Of the village"),
    "on_duty": gettext_noop("On duty in the township"),
    "township": gettext_noop("Of the township"),
}


def kind_of(row: Any) -> str:
    """What rang; of trouble, what failed."""
    kind, cause = (row["kind"], row["cause"]) if isinstance(row, dict) else (row.kind, row.cause)
    return _(CAUSES[cause]) if cause in CAUSES else _(KINDS.get(kind, kind))


def cause_words(cause: str) -> str:
    """A storm by its cause: many that lost their mains are a power cut."""
    return _("Power cut: mains gone at many places") if cause == "main_power" else _(CAUSES.get(cause, "Device fault"))


def state_words(state: str) -> str:
    return say(load(settings.PACK).loops["alarm"].states.get(state), state)


def proposed_words(cause: str) -> str:
    return say(load(settings.PACK).wordings.get(f"alarm.cause.{cause}"), cause)


def level_words(level: str) -> str:
    return say(load(settings.PACK).levels.get(level), level)


def clock(at: datetime, now: datetime) -> str:
    """02:00:07, to the second: here seconds count. With the day where it is not that of `now`."""
    there, here = timezone.localtime(at), timezone.localtime(now)
    day = "" if there.date() == here.date() else "%m-%d " if there.year == here.year else "%Y-%m-%d "
    return there.strftime(f"{day}%H:%M:%S")


def call_back(state: str, call_by: datetime | None, now: datetime) -> str:
    """By when somebody must have telephoned, while nobody has."""
    if state != "ringing" or call_by is None:
        return ""
    return _("telephone by %(at)s") % {"at": clock(call_by, now)}


def left(due_at: datetime | None, now: datetime) -> str:
    """How long there is until a result is due, in words."""
    if due_at is None:
        return ""
    seconds = round((due_at - now).total_seconds())
    if seconds > 0:
        return _("%(n)s seconds left for a result") % {"n": seconds}
    return _("no result by %(at)s") % {"at": clock(due_at, now)}
