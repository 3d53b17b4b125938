"""Times as people say them: a day and hour in their language, and how a deadline stands (时限)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@dataclass(frozen=True)
class Due:
    """A deadline in words, and the tone of its chip: red, amber or plain."""

    words: str
    tone: str


def spoken(at: datetime, now: datetime | None = None) -> str:
    """Local day and hour: 11月21日 18:00, 11월 21일 18:00, 21 Nov 18:00."""
    clock = f"{at:%H:%M}"
    other_year = now is not None and now.year != at.year
    match get_language():
        case "ko":
            return f"{f'{at.year}년 ' if other_year else ''}{at.month}월 {at.day}일 {clock}"
        case "en":
            return f"{at.day} {MONTHS[at.month - 1]}{f' {at.year}' if other_year else ''} {clock}"
        case _:
            return f"{f'{at.year}年' if other_year else ''}{at.month}月{at.day}日 {clock}"


def due(at: datetime, now: datetime) -> Due:
    """How a deadline stands; both times local."""
    if at < now:
        return Due(_late(now - at), "red")
    if at.date() == now.date():
        return Due(_("Today %(time)s") % {"time": f"{at:%H:%M}"}, "amber")
    if at.date() == now.date() + DAY:
        return Due(_("Tomorrow %(time)s") % {"time": f"{at:%H:%M}"}, "")
    return Due(spoken(at, now), "")


def _late(by: timedelta) -> str:
    if by >= DAY:
        n = by // DAY
        return ngettext("%(n)s day overdue", "%(n)s days overdue", n) % {"n": n}
    if by >= HOUR:
        n = by // HOUR
        return ngettext("%(n)s hour overdue", "%(n)s hours overdue", n) % {"n": n}
    return _("Just overdue")
