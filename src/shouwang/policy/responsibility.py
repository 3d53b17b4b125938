"""What every body must always have, derived from the duties: no second list (责任体系)."""

from shouwang.policy.duty_shapes import Calendar, Duty
from shouwang.policy.pack import Pack

SCREEN = "office.responsibility"


def requirements(pack: Pack, *levels: str) -> tuple[Duty, ...]:
    """Duties of rows that stand on the page of responsibility, of the levels named or of all.

    Only what the plan demands can be a gap, and only what is to be there, not what is to be done again and again.
    """
    return tuple(
        duty
        for duty in pack.duties.values()
        if duty.can_fail
        and not isinstance(duty.trigger, Calendar)
        and (not levels or duty.bearer.level in levels)
        and any(SCREEN in pack.rows[row].screens for row in duty.rows_served)
    )
