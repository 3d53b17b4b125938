"""An alarm as evidence of a fire (火情迹象), in the words of the rules."""

from shouwang.domains.alarms.models import Alarm
from shouwang.rules.alarm_proposals import Sign


def sign_of(alarm: Alarm) -> Sign:
    return Sign(site=alarm.site, kind=alarm.kind, source=alarm.source, part=alarm.part, state=alarm.state)
