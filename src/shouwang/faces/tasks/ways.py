"""The one way to do a task: enter its record, see its cases, or know who keeps what is missing."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from shouwang.domains.duties.lists import Task
from shouwang.domains.people.actor import Actor
from shouwang.faces.templatetags.words import post_label, say
from shouwang.kernel.codes import covers
from shouwang.policy import Pack, load
from shouwang.policy.duty_shapes import Duty, Event
from shouwang.policy.record_shapes import RECORD, RecordType
from shouwang.rules.tasks import level_of_body

OFFICE, PHONE = "office", "phone"
MISSING = ("fact_missing", "value_unset", "register_missing", "season_unset")


@dataclass(frozen=True, kw_only=True)
class Way:
    """What proves a task, and the link that leads there; without a link the words say who does it."""

    proof: str
    label: str = ""
    href: str = ""


def way_of(
    task: Task, duty: Duty, actor: Actor, *, face: str = OFFICE, given: bool = False, opens: bool = True
) -> Way:
    """`given`: the task was passed to the reader, who may then enter the one record it asks for.

    `opens`: the case it is about lies within the reader's sight.
    """
    pack = load(settings.PACK)
    if task.verdict == "undetermined" and (missing := _missing(pack, task, actor)) is not None:
        return missing
    proof = proof_words(pack, duty)
    record = pack.records.get(duty.evidence.kind.removeprefix(RECORD))
    if record is not None:
        may = given or _enters(actor, record, task.region)
        href = record_form(record.id, region=task.region, period=task.period) if may else ""
        return Way(
            proof=proof,
            label=_("Enter: %(record)s") % {"record": say(record.label)} if href else "",
            href=href,
        )
    if of_case(duty):
        if not opens:
            return Way(proof=proof, label=_("A case outside your sight"))
        return Way(proof=proof, label=_("See the case"), href=reverse(f"{face}:case", args=[task.subject]))
    return Way(proof=proof)


def of_case(duty: Duty) -> bool:
    """Whether it is owed because of a hazard: its subject is the case."""
    return isinstance(duty.trigger, Event) and duty.trigger.on.startswith("hazard.")


def proof_words(pack: Pack, duty: Duty) -> str:
    """The record or the evidence that meets the duty, by its name."""
    kind = duty.evidence.kind
    if kind.startswith(RECORD) and kind.removeprefix(RECORD) in pack.records:
        return say(pack.records[kind.removeprefix(RECORD)].label)
    found = pack.evidence.get(kind)
    return say(found.label if found else None, kind)


def keepers(pack: Pack, reason: Mapping[str, Any], level: str) -> tuple[str, ...]:
    """The posts that must enter what a reason says is missing; of a body's records those of its own level."""
    params = reason.get("params", {})
    if reason["code"] == "value_unset":
        return (str(params.get("keeper", "")),)
    if reason["code"] == "fact_missing":
        record = pack.records.get(str(params.get("fact", "")).partition(".")[0])
        enters = record.enters if record else ()
        return tuple(one for one in enters if pack.posts[one].level == level) or enters
    return ()


def record_form(record: str, *, region: str, period: str) -> str:
    """The form of a record type, with the body and the period it is for."""
    told = {"area": region, **({"period": period} if period else {})}
    return f"{reverse('office:new_record', args=[record])}?{urlencode(told)}"


def _missing(pack: Pack, task: Task, actor: Actor) -> Way | None:
    reason = next((one for one in task.reasons if one["code"] in MISSING), None)
    if reason is None:
        return None
    who = keepers(pack, reason, level_of_body(task.region))
    words = _("To be entered by: %(who)s") % {"who": _list([post_label(one) for one in who])} if who else ""
    if reason["code"] == "fact_missing":
        record = pack.records.get(str(reason["params"].get("fact", "")).partition(".")[0])
        if record is not None and _enters(actor, record, task.region):
            href = record_form(record.id, region=task.region, period="")
            return Way(proof=words, label=_("Enter: %(record)s") % {"record": say(record.label)}, href=href)
    return Way(proof=words or _("Nobody keeps this register yet."))


def _enters(actor: Actor, record: RecordType, region: str) -> bool:
    return any(
        post.kind in record.enters and any(covers(area, region) for area in post.territory)
        for post in actor.posts
    )


def _list(words: list[str]) -> str:
    return _(", ").join(words)
