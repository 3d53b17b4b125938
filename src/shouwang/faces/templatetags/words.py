"""Template filters: times, deadlines, places and labels of the pack, in the reader's language."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import template
from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from shouwang.domains.hazards.lateness import factor
from shouwang.faces import moments
from shouwang.faces.record_words import ACTS
from shouwang.kernel.decision import Reason
from shouwang.policy import Pack, Text, load

register = template.Library()


def pack() -> Pack:
    return load(settings.PACK)


def say(text: Text | None, otherwise: str = "") -> str:
    """The words in the reader's language."""
    return otherwise if text is None else text.in_(get_language() or settings.LANGUAGE_CODE)


@register.filter
def when(at: datetime | None, now: datetime | None = None) -> str:
    """11月21日 18:00; the year too when it is not that of `now`."""
    return "" if at is None else moments.spoken(timezone.localtime(at), now and timezone.localtime(now))


@register.filter
def moment(text: str) -> datetime:
    """A time that comes as text, as it stands in a proof."""
    return datetime.fromisoformat(text)


@register.filter
def stamp(at: datetime | None) -> str:
    """11-21 18:00, for narrow columns."""
    return "" if at is None else timezone.localtime(at).strftime("%m-%d %H:%M")


@register.filter
def source_words(source: str) -> str:
    """Where a fact of an area comes from; a document stands by its number."""
    name, _dash, year = source.partition("-")
    if name == "stats" and year.isdecimal():
        return _("Statistical division codes of %(year)s") % {"year": year}
    return source or "–"


@register.filter
def day(at: datetime | None) -> str:
    return "" if at is None else timezone.localtime(at).strftime("%Y-%m-%d")


@register.filter
def due_words(due_at: datetime, now: datetime) -> str:
    """逾期2天, 今日 17:30, 明日 09:00, 11月27日 17:30."""
    return moments.due(timezone.localtime(due_at), timezone.localtime(now)).words


@register.filter
def due_tone(due_at: datetime, now: datetime) -> str:
    """red when overdue, amber when it falls today, else none."""
    return moments.due(timezone.localtime(due_at), timezone.localtime(now)).tone


@register.filter
def late_factor(row: Mapping[str, Any], now: datetime) -> str:
    """ · 2.4 times its time, from twice the allowed time on; nothing before."""
    times = factor(row["reported_at"], row["due_at"], now=now)
    return _(" · %(n)s× its time") % {"n": f"{times:.1f}"} if times >= 2 else ""


@register.filter
def kind_label(code: str) -> str:
    found = pack().kinds.get(code)
    return say(found.label if found else None, code)


@register.filter
def sign_labels(case: Any) -> str:
    """What was ticked of a case, in words."""
    kind = pack().kinds.get(case.kind)
    ticked = case.facts.get("signs", ())
    return _(", ").join(say(one.label) for one in (kind.signs if kind else ()) if one.id in ticked)


@register.filter
def site_label(code: str) -> str:
    found = pack().sites.get(code)
    return say(found.label if found else None, code)


@register.filter
def grade_label(code: str) -> str:
    return say(pack().grades.get(code), code)


@register.filter
def state_label(code: str) -> str:
    return say(pack().states.get(code), code)


@register.filter
def level_label(code: str) -> str:
    return say(pack().levels.get(code), code)


@register.filter
def post_label(code: str) -> str:
    found = pack().posts.get(code)
    return say(found.label if found else None, code)


@register.filter
def department_label(code: str) -> str:
    """A department; `grid` and `village` stand for the people of the place themselves."""
    found = pack().departments.get(code)
    return say(found.label if found else pack().levels.get(code), code)


@register.filter
def act_label(act: str) -> str:
    """An act on a case; calling a department is no arrow of the loop, so its word stands here."""
    labels = {arrow.act: arrow.label for arrow in pack().transitions}
    own = {
        "summon": _("Call a department"),
        "whistle": _("Whistle for departments"),
        "rule": _("Ruling of the committee office"),
        "redate": _("New deadline"),
        **ACTS,
        **beside_the_loop(),
    }
    for name in ("pause", "extension"):
        labels |= pack().loops[name].labels() if name in pack().loops else {}
    return say(labels[act]) if act in labels else str(own.get(act, act))


def beside_the_loop() -> dict[str, str]:
    """Steps of a case that are no arrow: what another case or another reporter did to it."""
    return {
        "absorb": _("Took in a younger case"),
        "release": _("A merge was undone"),
        "join": _("Told again"),
        "order_changed": _("The 12345 order was changed"),
        "ask_recheck": _("Ask a neighbouring office to re-check"),
    }


@register.filter
def channel_label(code: str) -> str:
    found = pack().channels.get(code)
    return say(found.label if found else None, code)


@register.filter
def act_done(act: str) -> str:
    """Recorded: 复核通过并销案. Empty for a word that somebody put into the address."""
    if act == "muster":
        return _("Recorded.")
    known = act in ("whistle", "ask_recheck", "join") or any(arrow.act == act for arrow in pack().transitions)
    return _("Recorded: %(act)s") % {"act": act_label(act)} if known else ""


@register.filter
def deadline_clause(grade: str) -> str:
    """The row of the plan a deadline of this grade rests on."""
    clock = pack().clocks.get(grade, "")
    found = pack().parameters.get(clock)
    return found.row if found else pack().wiring.clauses.loop


@register.filter
def measure_label(what: str) -> str:
    """What a number of the table of responses counts."""
    known = {
        "owed": _("To be there by now"),
        "in_time": _("There in time"),
        "late": _("Late"),
        "bounced": _("Sent back"),
        "upheld": _("Rightly, by ruling"),
        "signed": _("Results signed"),
        "first_time": _("Settled the first time"),
    }
    return known.get(what, "")


@register.filter
def provenance_word(provenance: str) -> str:
    """Where a value comes from."""
    known = {
        "plan": _("Said by the plan"),
        "standard": _("Said by a standard"),
        "local": _("Local decision"),
        "default": _("Our suggestion"),
        "unset": _("Not given"),
    }
    return known.get(provenance, provenance)


@register.filter
def provenance_tone(provenance: str) -> str:
    return {"plan": "blue", "standard": "blue", "local": "green", "default": "amber"}.get(provenance, "")


@register.filter
def parameter_label(code: str) -> str:
    found = pack().parameters.get(code)
    return say(found.label if found else None, code)


@register.filter
def table_label(code: str) -> str:
    found = pack().tables.get(code)
    return say(found.label if found else None, code)


@register.filter
def parameter_unit(code: str) -> str:
    """The unit behind a value; a time or day says itself what it is."""
    found = pack().parameters.get(code)
    return say(pack().wordings.get(found.unit)) if found and found.unit not in ("time", "day", "day_of_year") else ""


@register.filter
def duty_label(code: str) -> str:
    found = pack().duties.get(code)
    return say(found.label if found else None, code)


@register.filter
def said(text: Text | None) -> str:
    """Words of the pack handed to a template as they are."""
    return say(text)


@register.filter
def clause_label(row: str) -> str:
    """方案二.7, for a chip."""
    found = pack().rows.get(row)
    return say(found.where if found else None, row)


@register.filter
def clause_of(part: str) -> str:
    """The row that an act or a page rests on, by the part it plays: `loop`, or an action such as `hazards.report`."""
    actions: Mapping[str, str] = pack().actions
    return actions[part] if part in actions else str(getattr(pack().wiring.clauses, part))


@register.filter
def way_clause(part: str) -> str:
    """The row a way in rests on, by the part it plays: `hotline`."""
    return pack().channels[getattr(pack().wiring.channels, part)].row


@register.filter
def arrow_clause(act: str) -> str:
    """The row that opening a case by `act` rests on."""
    return next(arrow.row for arrow in pack().transitions if arrow.act == act and arrow.source is None)


@register.filter
def clause_title(row: str) -> str:
    found = pack().rows.get(row)
    return say(found.title if found else None)


@register.filter
def clause_text(row: str) -> str:
    found = pack().rows.get(row)
    return say(found.text if found else None)


@register.filter
def reason_words(reason: Reason | Mapping[str, Any]) -> str:
    """Why, as a sentence; a kept reason comes as {code, params}, and `said` where a place's own table has the words."""
    if not isinstance(reason, Reason):
        if said := reason.get("said"):
            return str(said)
        reason = Reason(reason["code"], reason.get("params", {}))
    return pack().explain(reason, get_language() or settings.LANGUAGE_CODE)


@register.filter
def of(code: Any, names: Mapping[Any, str]) -> str:
    """The name of a code in a list that was named as a whole: `row.region|of:names`."""
    return names.get(code, str(code))


@register.filter
def percent(share: float | None) -> str:
    """92.4%, and a dash when nothing was owed; never rounded up to a full hundred."""
    if share is None:
        return "–"
    tenths = int(share * 1000 + 1e-9)
    return f"{tenths // 10}%" if tenths % 10 == 0 else f"{tenths / 10:.1f}%"
