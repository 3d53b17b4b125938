"""What channels are called, what they are told of, and what became of it, in plain words."""

import re
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from shouwang.faces.templatetags.words import when
from shouwang.faces.way_words import NO_WAY
from shouwang.flows.send_notices import ENDED, NO_KEY, PAUSED
from shouwang.rules.telling import ALARMS

KINDS = {
    "wecom": gettext_noop("WeCom robot"),
    "dingtalk": gettext_noop("DingTalk robot"),
    "feishu": gettext_noop("Feishu robot"),
    "email": gettext_noop("E-mail"),
    "webhook": gettext_noop("Webhook, also for text messages"),
}
TOLD = {
    "alarm_real": gettext_noop("A fire is confirmed"),
    "alarm": gettext_noop("An alarm rings"),
    "alarm_up": gettext_noop("An alarm has no result in time"),
    "neighbours_called": gettext_noop("Neighbours are called to help"),
    "rest": gettext_noop("Everything else people there are told: tasks, what is overdue; only how many"),
}
SORTS = TOLD | {"trial": gettext_noop("Word of trial")}
STATES = {
    "waiting": gettext_noop("In the queue"),
    "sending": gettext_noop("Being sent"),
    "sent": gettext_noop("Taken by the other side"),
    "failed": gettext_noop("Not sent"),
}
TONES = {"sent": "green", "failed": "red", "waiting": "amber", "sending": "amber"}
WHY = {
    ENDED: gettext_noop("The channel was taken away before."),
    PAUSED: gettext_noop("The channel was paused."),
    NO_KEY: gettext_noop("The address can no longer be read; add the channel anew."),
    "unsure": gettext_noop("Sending was cut off: it may have arrived."),
    "the answer is no receipt": gettext_noop("The other side did not say that it took it; check the address."),
    **NO_WAY,
    "SHOUWANG_SMTP_HOST is not set": gettext_noop("No mail server is set up here; ask whoever runs the system."),
}
MAIL = {
    "421": gettext_noop("The mail server is busy"),
    "450": gettext_noop("The mailbox is busy"),
    "451": gettext_noop("The mail server is busy"),
    "452": gettext_noop("The mailbox or the mail server is full"),
    "535": gettext_noop("The mail server does not let us in; ask whoever runs the system"),
    "550": gettext_noop("There is no such mailbox, or it takes nothing from us; check the mail address"),
    "551": gettext_noop("The mailbox is somewhere else; check the mail address"),
    "552": gettext_noop("The mailbox is full"),
    "553": gettext_noop("The mail server does not know such an address; check the mail address"),
    "554": gettext_noop("The mail server holds it for spam, or takes none from us"),
}
MAIL |= {"530": MAIL["535"], "534": MAIL["535"]}
HTTP, CODE, SMTP = re.compile(r"HTTP (\d+)"), re.compile(r"-?\d+: "), re.compile(r"SMTP (\d+)")


def why(reason: str) -> str:
    """Why it was not sent, so that somebody knows what to do."""
    if not reason:
        return ""
    if reason in WHY:
        return _(WHY[reason])
    if found := HTTP.fullmatch(reason):
        return _("The other side refused it (%(code)s); check the address.") % {"code": found[1]}
    if found := SMTP.fullmatch(reason):
        said = MAIL.get(found[1], gettext_noop("The mail server refused it"))
        return _("%(said)s (%(code)s).") % {"said": _(said), "code": found[1]}
    if CODE.match(reason):
        return _("The robot refused it: %(said)s") % {"said": reason}
    return _("The other side could not be reached (%(why)s).") % {"why": reason}


def told_words(told: list[str]) -> list[str]:
    """What a channel hears of; alarms where it was never chosen."""
    return [_(words) for name, words in TOLD.items() if name in (told or ALARMS)]


def receipt(one: Any, now: datetime) -> dict[str, Any]:
    return {
        "what": _(SORTS.get(one.sort, TOLD["rest"])) if one.sort in SORTS else _("Another notice"),
        "at": when(one.sent_at or one.made_at, now), "state": _(STATES[one.state]), "tone": TONES[one.state],
        "why": "" if one.state == "sent" else why(one.reason), "tries": one.tries,
        "again": when(one.next_at, now) if one.state == "waiting" and one.tries else "",
    }  # fmt: skip
