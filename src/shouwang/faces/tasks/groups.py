"""The headings of a task list: overdue, due today, this month, later, and what cannot be judged yet."""

from calendar import monthrange
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from shouwang.domains.duties.lists import Wanted, counted
from shouwang.domains.people.actor import Actor
from shouwang.flows.see_tasks import task_sight

NAMES = ("overdue", "today", "month", "later", "unclear")


def groups(now: datetime, *, duties: tuple[str, ...] | None = None) -> dict[str, Wanted]:
    """{name: what stands under it}; every open standing stands under exactly one."""
    tonight, next_month = end_of_day(now), end_of_month(now)
    return {
        "overdue": Wanted(verdicts=("overdue",), duties=duties),
        "today": Wanted(verdicts=("due",), duties=duties, until=tonight),
        "month": Wanted(verdicts=("due",), duties=duties, since=tonight, until=next_month),
        "later": Wanted(verdicts=("due",), duties=duties, since=next_month),
        "unclear": Wanted(verdicts=("undetermined",), duties=duties),
    }


def pressing_tasks(actor: Actor, *, now: datetime) -> dict[str, int] | None:
    """How many of one's own tasks are overdue or due today; None for who has none to do."""
    sight = task_sight(actor).mine()
    if not (sight.own or sight.given):
        return None
    wanted = groups(now)
    return counted(sight, {name: wanted[name] for name in ("overdue", "today")})


def labels() -> dict[str, str]:
    return {
        "overdue": _("Overdue"),
        "today": _("Due today"),
        "month": _("This month"),
        "later": _("Later"),
        "unclear": _("Cannot be judged yet"),
    }


def end_of_day(now: datetime) -> datetime:
    return _midnight(now) + timedelta(days=1)


def end_of_month(now: datetime) -> datetime:
    """The first moment after this month, but never before today is over."""
    today = _midnight(now)
    days = monthrange(today.year, today.month)[1] - today.day + 1
    return today + timedelta(days=days)


def _midnight(now: datetime) -> datetime:
    return timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
