"""How a task is spoken of: its period, its day, the step taken when it is not done."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from shouwang.faces.moments import spoken
from shouwang.faces.period_words import period_words as words_of_period
from shouwang.faces.templatetags.words import pack


def rung_words(rung: str) -> str:
    return {
        "remind": _("Reminder"),
        "supervise": _("Pressed for"),
        "letter": _("Letter to write"),
        "interview": _("Interview to hold"),
        "level_up": _("Raised to the level above"),
    }.get(rung, rung)


def period_words(name: str) -> str:
    return words_of_period(pack(), name, get_language() or "zh") if name else ""


def day_words(at: datetime, now: datetime | None = None) -> str:
    """11月30日 or, where the hour counts, 11月30日 17:30; with `now`, another year is named."""
    local = timezone.localtime(at)
    words = spoken(local, timezone.localtime(now) if now else None)
    return words.rpartition(" ")[0] if is_end_of_day(local) else words


def is_end_of_day(local: datetime) -> bool:
    return (local.hour, local.minute) == (23, 59)


def due_words(at: datetime | None, now: datetime) -> str:
    """逾期2天, 今日, 明日, 11月30日; a task of a period ends with a day, not with a minute."""
    if at is None:
        return _("No day set")
    local, today = timezone.localtime(at), timezone.localtime(now)
    if at < now:
        days = max((today.date() - local.date()).days, 0)
        return (
            ngettext("%(n)s day overdue", "%(n)s days overdue", days) % {"n": days}
            if days
            else _("Just overdue")
        )
    if local.date() == today.date():
        return _("Due today") if is_end_of_day(local) else _("Today %(time)s") % {"time": f"{local:%H:%M}"}
    return day_words(at, now)


def due_tone(at: datetime | None, now: datetime) -> str:
    if at is None:
        return "blue"
    if at < now:
        return "red"
    return "amber" if timezone.localtime(at).date() == timezone.localtime(now).date() else ""
