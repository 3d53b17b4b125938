"""What follows when a duty is not done (督促阶梯): remind before the day, then one step after another."""

from collections.abc import Collection
from datetime import date, timedelta
from typing import NamedTuple

from shouwang.kernel.decision import Decision, Reason
from shouwang.kernel.workdays import Calendar
from shouwang.policy import Pack
from shouwang.policy.duty_shapes import Duty, Event
from shouwang.rules.tasks import HEIGHTS

REMIND = "remind"
# What somebody has to write or hold, so that it stands on the list of an office until it is.
WRITTEN = ("letter", "interview")
_DAY = timedelta(days=1)


class Debt(NamedTuple):
    """One thing owed and not done: its deadline, the day the house first knew of it, the steps taken before."""

    due_on: date
    known_on: date
    verdict: str
    taken: Collection[str] = ()


def parameter_of(pack: Pack, rung: str, grade: str = "") -> str:
    """A grade of hazard may have a pace of its own; the others go by the one for all duties."""
    own = f"ladder.{rung}.{grade}"
    return own if grade and own in pack.parameters else f"ladder.{rung}"


def grade_of(duty: Duty) -> str:
    """The grade of the hazards a duty is about; '' for any other duty."""
    grade = duty.trigger.where.get("grade") if isinstance(duty.trigger, Event) else None
    return grade if isinstance(grade, str) else ""


def steps_due(
    pack: Pack, workdays: Calendar, duty: Duty, debt: Debt, *, on: date
) -> Decision[tuple[str, ...]]:
    """The lowest step whose day has come and that nobody has taken yet; none on a day off, never two at once.

    A reminder is for what is still due, every other step for what is overdue. A missing fact climbs nowhere.
    """
    if not duty.can_fail or debt.verdict not in ("due", "overdue"):
        return Decision((), (Reason("ladder_not_owed", {"duty": duty.id}),), duty.rows_served)
    if not workdays.is_workday(on):
        return Decision((), (Reason("ladder_day_off", {"day": on.isoformat()}),), duty.rows_served)
    wanted = [rung for rung in duty.ladder if (rung == REMIND) == (debt.verdict == "due")]
    found, reasons = [], []
    for rung in wanted:
        day, why = day_of(pack, workdays, rung, debt, grade_of(duty))
        reasons += why
        if rung not in debt.taken and day is not None and day <= on:
            found.append(rung)
    return Decision(tuple(found[:1]), tuple(reasons), duty.rows_served)


def day_of(
    pack: Pack, workdays: Calendar, rung: str, debt: Debt, grade: str = ""
) -> tuple[date | None, list[Reason]]:
    """The working day a step falls on, and where its number is from; None while it is unset or has no room.

    Counting starts at the deadline, or on the day the house came to know: nobody is interviewed on the day
    a system is switched on.
    """
    parameter = pack.parameters[parameter_of(pack, rung, grade)]
    value = parameter.on(debt.due_on)
    if not value.is_set:
        return None, [Reason("value_unset", {"parameter": parameter.id, "keeper": parameter.keeper})]
    reasons = [Reason("value_default", {"parameter": parameter.id})] if value.provenance == "default" else []
    amount = int(value.value or 0)
    if rung != REMIND:
        return _moved(workdays, max(debt.due_on, debt.known_on), amount, parameter.unit), reasons
    day = _moved(workdays, debt.due_on, -amount, parameter.unit)
    # Whoever got it today knows of it today; what is due before the next working day needs no reminder.
    day = max(day, workdays.add(debt.known_on, 1).day)
    return (day if day < debt.due_on else None), reasons


def _moved(workdays: Calendar, day: date, amount: int, unit: str) -> date:
    """So many days on or back; a step that would fall on a day off waits, a reminder comes before it."""
    if unit == "workdays":
        return workdays.add(day, amount).day
    moved = day + timedelta(days=amount)
    while not workdays.is_workday(moved):
        moved += _DAY if amount >= 0 else -_DAY
    return moved


def told_to(pack: Pack, duty: Duty, rung: str) -> tuple[str, ...]:
    """The kinds of post that get a step to read: who performs, who verifies, or those of the level above."""
    match rung:
        case "remind":
            return (duty.performer,)
        case "supervise":
            return (duty.performer, duty.verifier)
        case "letter" | "interview":
            return (duty.verifier,)
        case _:
            return leaders(pack, above(pack, duty))


def above(pack: Pack, duty: Duty) -> str:
    """The level above the one that verified in vain; the prefecture has nobody above it here."""
    height = HEIGHTS.index(pack.posts[duty.verifier].level)
    return HEIGHTS[max(height - 1, 0)]


def leaders(pack: Pack, level: str) -> tuple[str, ...]:
    """Posts that answer for the plan of a level."""
    return tuple(
        post.id
        for post in pack.posts.values()
        if post.level == level and "duties.plan" in post.actions and not post.only_own
    )
