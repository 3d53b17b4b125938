"""A plan as a sheet: its items month by month, each with its days, its person and how far it has come."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _

from shouwang.domains.people.queries import names
from shouwang.faces.board.month import Month
from shouwang.faces.tasks.ways import proof_words
from shouwang.faces.tasks.wording import period_words
from shouwang.faces.templatetags.words import reason_words, say
from shouwang.faces.verdicts import TONES, verdict_words
from shouwang.flows.see_plans import Progress, progress
from shouwang.policy import Pack, load

SORTS = ("daily", "event", "always", "threshold", "season", "once", "own")


@dataclass(frozen=True, kw_only=True)
class Line:
    """One item in words."""

    key: str
    label: str
    row: str
    proof: str
    period: str
    first: str
    last: str
    day: str
    person: str
    note: str
    own: bool
    above: bool
    below: bool
    may: bool
    unsure: Sequence[str]
    done: str
    tone: str
    task: UUID | None

    @property
    def when(self) -> str:
        """The planned day; else the last one it may be done on."""
        return self.day or self.last


@dataclass(frozen=True, kw_only=True)
class Part:
    """A month of the plan, or what has no day of its own."""

    name: str
    label: str
    lines: Sequence[Line]


def parts(plan: Any) -> list[Part]:
    """The plan in the order it is read in: two statements."""
    pack, known = load(settings.PACK), progress(plan)
    people = names({UUID(item["person"]) for item in plan.items if item["person"]})
    lines = [
        _line(pack, item, known.get(item["key"], Progress()), people)
        for item in plan.items
        if not item["duty"] or item["duty"] in pack.duties
    ]
    return [part for part in _parts(plan.year, lines) if part.lines]


def done_of(found: Sequence[Part]) -> tuple[int, int]:
    """How many items are settled, of those that can be seen to be."""
    lines = [line for part in found for line in part.lines if line.task is not None]
    return sum(line.tone in ("green", "amber") for line in lines), len(lines)


def _parts(year: int, lines: Sequence[Line]) -> Iterator[Part]:
    for number in range(1, 13):
        name = f"{year}-{number:02d}"
        here = [line for line in lines if line.when.startswith(name)]
        yield Part(name=name, label=Month(name, name).words, lines=sorted(here, key=lambda line: line.when))
    dated = {f"{year}-{number:02d}" for number in range(1, 13)}
    others = [line for line in lines if line.when[:7] not in dated]
    yield Part(name="later", label=_("Outside the year"), lines=[line for line in others if line.when])
    yield Part(
        name="open", label=_("Without a day of its own"), lines=[line for line in others if not line.when]
    )


def _line(pack: Pack, item: Mapping[str, Any], found: Progress, people: Mapping[UUID, str]) -> Line:
    duty = pack.duties.get(item["duty"])
    done, tone = _standing(item, found)
    return Line(
        key=item["key"],
        label=say(duty.label) if duty else item["title"],
        row=duty.row if duty else "",
        proof=proof_words(pack, duty) if duty else "",
        period=period_words(item["period"]) if item["sort"] == "period" else sort_words(item["sort"]),
        first=item["first"],
        last=item["last"],
        day=item["day"],
        person=people.get(UUID(item["person"]), "") if item["person"] else "",
        note=item["note"],
        own=not item["duty"],
        above=item["above"],
        below=item["below"],
        may=duty is not None and not duty.can_fail,
        unsure=[reason_words(reason) for reason in item["unsure"]],
        done=done,
        tone=tone,
        task=found.task.id if found.task else None,
    )


def _standing(item: Mapping[str, Any], found: Progress) -> tuple[str, str]:
    """A verdict in words; what the body set itself is not judged, and nobody ticks it off."""
    if not item["duty"]:
        return _("Not judged"), ""
    if found.counts:
        met = sum(found.counts.get(verdict, 0) for verdict in ("met", "met_late"))
        late = found.counts.get("overdue", 0)
        told = _("%(met)s done, %(late)s overdue") % {"met": met, "late": late}
        return told, "red" if late else "green"
    if found.task is None:
        return _("To come"), ""
    return verdict_words(found.task.verdict), TONES.get(found.task.verdict, "")


def sort_words(sort: str) -> str:
    return {
        "daily": _("Every day"),
        "event": _("As it occurs"),
        "always": _("All year"),
        "threshold": _("When the number is reached"),
        "season": _("In its season"),
        "once": _("Once"),
        "own": _("Own item"),
    }.get(sort, "")
