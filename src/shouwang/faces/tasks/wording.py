"""How a task is spoken of: its verdict, its period, its day, the step taken when it is not done."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from shouwang.faces.moments import MONTHS, spoken

TONES = {
    "overdue": "red",
    "due": "",
    "undetermined": "blue",
    "met": "green",
    "met_late": "amber",
}
QUARTERS = "一二三四"


def verdict_words(verdict: str) -> str:
    return {
        "met": _("Met in time"),
        "met_late": _("Met late"),
        "overdue": _("Overdue"),
        "due": _("Running"),
        "waived": _("Waived"),
        "undetermined": _("Undetermined"),
        "superseded": _("Superseded"),
        "not_owed": _("Not owed"),
        "not_counted": _("Not done, encouraged only"),
    }.get(verdict, verdict)


def rung_words(rung: str) -> str:
    return {
        "remind": _("Reminder"),
        "supervise": _("Pressed for"),
        "letter": _("Letter to write"),
        "interview": _("Interview to hold"),
        "level_up": _("Raised to the level above"),
    }.get(rung, rung)


def period_words(name: str) -> str:
    """2026年11月, 2026년 4분기, 2026; a season by its own name."""
    year, _dash, part = name.partition("-")
    language = get_language() or "zh-hans"
    if not part:
        return {"ko": f"{year}년", "en": year}.get(language, f"{year}年") if year else ""
    if part[0] == "Q":
        return {"ko": f"{year}년 {part[1]}분기", "en": f"{part} {year}"}.get(
            language, f"{year}年第{QUARTERS[int(part[1]) - 1]}季度"
        )
    if part[0] == "H":
        zh, ko = ("上半年", "상반년") if part[1] == "1" else ("下半年", "하반년")
        return {"ko": f"{year}년 {ko}", "en": f"{part} {year}"}.get(language, f"{year}年{zh}")
    if part.isdigit():
        month = int(part)
        return {"ko": f"{year}년 {month}월", "en": f"{MONTHS[month - 1]} {year}"}.get(
            language, f"{year}年{month}月"
        )
    return day_words(datetime.fromisoformat(name)) if part[0].isdigit() else f"{year} · {part}"


def day_words(at: datetime) -> str:
    """11月30日 or, where the hour counts, 11月30日 17:30."""
    local = timezone.localtime(at) if at.tzinfo else at
    words = spoken(local)
    return words.rpartition(" ")[0] if is_end_of_day(local) or at.tzinfo is None else words


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
    year = f"{local.year}-" if local.year != today.year else ""
    return day_words(at) if not year else f"{local:%Y-%m-%d}"


def due_tone(at: datetime | None, now: datetime) -> str:
    if at is None:
        return "blue"
    if at < now:
        return "red"
    return "amber" if timezone.localtime(at).date() == timezone.localtime(now).date() else ""
