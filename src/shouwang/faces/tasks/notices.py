"""通知: what the house has to tell somebody, one digest for each day, until it is seen."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from shouwang.domains.areas.queries import paths
from shouwang.domains.duties.notices import mark_seen, unseen
from shouwang.domains.people.actor import Actor
from shouwang.faces.doors import signed_in
from shouwang.faces.tasks.muster_words import SORTS, muster_sentence
from shouwang.faces.tasks.wording import period_words
from shouwang.faces.templatetags.words import duty_label
from shouwang.flows.see_tasks import counties_of, looks_around
from shouwang.policy import load
from shouwang.rules.telling import ALARMS

FEW, CALLED = 5, "neighbours_called"
# Notices about a case; they lead to it.
OF_CASES = ("given", "regraded", "disputed", "reopened", "drawn", "recheck_asked")


@dataclass(frozen=True, kw_only=True)
class Digest:
    """One day's notices in a few lines: like with like, the first of them by name."""

    on: date
    lines: Sequence["Bundle"]


@dataclass(frozen=True, kw_only=True)
class Bundle:
    """All of one sort: how many, and the first of them."""

    words: str
    items: Sequence[str]
    more: int
    href: str


@signed_in
def notices(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Shown until the person says so; what came in meanwhile stays for the next time."""
    now = timezone.now()
    if request.method == "POST":
        mark_seen(actor.id, counties_of(actor), until=_until(request, now), now=now)
        face = request.POST.get("face", "")
        return HttpResponseRedirect(reverse("phone:tasks" if face == "phone" else "tasks:list"), status=303)
    context = {"now": now, "digests": digests(actor), "tab": "notices", "both": looks_around(actor)}
    return render(request, "tasks/notices.html", context)


def digests(actor: Actor) -> list[Digest]:
    """The newest day first: two statements."""
    found = unseen(actor.id, counties_of(actor))
    places = paths({row.region for row in found})
    days: dict[date, dict[str, list[Any]]] = {}
    for row in found:
        days.setdefault(timezone.localdate(row.at), {}).setdefault(row.sort, []).append(row)
    return [
        Digest(on=on, lines=[_bundle(sort, rows, places) for sort, rows in sorts.items()])
        for on, sorts in days.items()
    ]


def sentence(sort: str, n: int) -> str:
    """How many of a sort, in words."""
    match sort:
        case "remind":
            return ngettext("%(n)s task falls due soon", "%(n)s tasks fall due soon", n) % {"n": n}
        case "supervise":
            return ngettext("%(n)s task is overdue", "%(n)s tasks are overdue", n) % {"n": n}
        case "letter":
            return ngettext("%(n)s letter to write", "%(n)s letters to write", n) % {"n": n}
        case "interview":
            return ngettext("%(n)s interview to hold", "%(n)s interviews to hold", n) % {"n": n}
        case "level_up":
            return ngettext("%(n)s task raised from below", "%(n)s tasks raised from below", n) % {"n": n}
        case "offered":
            return ngettext("%(n)s task passed to you", "%(n)s tasks passed to you", n) % {"n": n}
        case "accepted":
            return ngettext("%(n)s task accepted", "%(n)s tasks accepted", n) % {"n": n}
        case "declined":
            return ngettext("%(n)s task declined", "%(n)s tasks declined", n) % {"n": n}
        case "taken_back":
            return ngettext("%(n)s task taken back", "%(n)s tasks taken back", n) % {"n": n}
        case "redated":
            return _("Holidays are announced: some of your deadlines moved")
        case "alarm":
            return ngettext("%(n)s alarm rang", "%(n)s alarms rang", n) % {"n": n}
        case "alarm_up":
            words = ngettext("%(n)s alarm without a result from below", "%(n)s alarms without a result from below", n)
            return words % {"n": n}
        case "alarm_real":
            return ngettext("%(n)s fire is confirmed: 119 first", "%(n)s fires are confirmed: 119 first", n) % {"n": n}
        case "given":
            return ngettext("%(n)s hazard was given to you", "%(n)s hazards were given to you", n) % {"n": n}
        case "regraded":
            return ngettext("%(n)s hazard was graded anew", "%(n)s hazards were graded anew", n) % {"n": n}
        case "disputed":
            return ngettext("%(n)s closing is disputed", "%(n)s closings are disputed", n) % {"n": n}
        case "reopened":
            return ngettext("%(n)s closing did not hold", "%(n)s closings did not hold", n) % {"n": n}
        case "drawn":
            return ngettext("%(n)s closing to look at again", "%(n)s closings to look at again", n) % {"n": n}
        case "recheck_asked":
            return ngettext("%(n)s fix to re-check for a neighbour", "%(n)s fixes to re-check for a neighbour", n) % {
                "n": n
            }
        case "neighbours_called":
            return ngettext("%(n)s call for help from neighbours", "%(n)s calls for help from neighbours", n) % {"n": n}
        case _ if sort in SORTS:
            return muster_sentence(sort, n)
        case "hand_in_plan":
            return _("A yearly plan waits for approval")
        case "return_plan":
            return _("A yearly plan was sent back")
        case "letter_draft":
            return ngettext("%(n)s letter waits for approval", "%(n)s letters wait for approval", n) % {"n": n}
        case "letter_issue":
            return ngettext("%(n)s letter came in", "%(n)s letters came in", n) % {"n": n}
        case "letter_answer" | "letter_decide":
            return ngettext("%(n)s letter was answered", "%(n)s letters were answered", n) % {"n": n}
        case "letter_return":
            return ngettext("%(n)s answer was returned", "%(n)s answers were returned", n) % {"n": n}
        case "letter_approve":
            return ngettext("%(n)s letter is to be issued", "%(n)s letters are to be issued", n) % {"n": n}
        case "letter_accept":
            return ngettext("%(n)s answer was accepted", "%(n)s answers were accepted", n) % {"n": n}
        case "letter_send_back" | "letter_reopen":
            return ngettext("%(n)s draft was sent back", "%(n)s drafts were sent back", n) % {"n": n}
        case _ if sort.startswith("letter_"):
            return ngettext("%(n)s letter waits for your answer", "%(n)s letters wait for your answer", n) % {"n": n}
        case _:
            return _("The yearly plan above is approved: your part is ready")


def _bundle(sort: str, rows: Sequence[Any], places: Mapping[str, str]) -> Bundle:
    count = Counter(_item(row, places) for row in rows)
    items = list(count)[:FEW]
    return Bundle(
        words=sentence(sort, len(rows)), items=items, more=len(count) - len(items), href=_href(sort, rows)
    )


def _item(row: Any, places: Mapping[str, str]) -> str:
    if (row.sort in ("redated", CALLED, *ALARMS, *OF_CASES, *SORTS) or row.sort.startswith("letter_")) and not row.duty:
        return places[row.region]
    if not row.duty:
        return f"{places[row.region]} · {period_words(row.period)}"
    known = row.duty in load(settings.PACK).duties
    parts = [duty_label(row.duty) if known else row.duty, places[row.region], period_words(row.period)]
    return " · ".join(part for part in parts if part)


def _href(sort: str, rows: Sequence[Any]) -> str:
    if sort.startswith("letter_"):
        return reverse("office:letter", args=[rows[0].subject]) if len(rows) == 1 else reverse("office:letter_list")
    if sort in ("letter", "interview", "level_up"):
        return reverse("tasks:follow_up")
    if sort in ALARMS:
        one = {row.subject for row in rows}
        return reverse("office:alarm", args=[rows[0].subject]) if len(one) == 1 else reverse("office:alarms")
    if sort in OF_CASES:
        one = {row.subject for row in rows}
        return reverse("office:case", args=[rows[0].subject]) if len(one) == 1 else reverse("office:hazards")
    if sort == CALLED:
        return reverse("phone:call", args=[rows[0].subject])
    if sort == "redated":
        return f"{reverse('office:calendar')}#moved"
    if sort in ("extension_decided", "extension_lapsed"):
        return reverse("office:case", args=[rows[0].subject])
    if sort in SORTS:
        return reverse("office:called")
    if sort.endswith("_plan"):
        return reverse("plan:plan", args=[rows[0].region, rows[0].period])
    return reverse("tasks:list")


def _until(request: HttpRequest, now: datetime) -> datetime:
    try:
        asked = datetime.fromisoformat(request.POST.get("until", ""))
    except ValueError:
        return now
    return min(asked, now) if asked.tzinfo else now
