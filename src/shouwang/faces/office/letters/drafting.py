"""起草函件: a form filled in from what the letter is about, so that nobody types what the house knows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language

from shouwang.domains.areas.queries import children, names
from shouwang.domains.people.actor import Actor
from shouwang.faces.doors import signed_in
from shouwang.faces.office.letters.telling import telling
from shouwang.faces.refusals import told
from shouwang.faces.templatetags.words import department_label, pack, say
from shouwang.flows.advance_letter import LetterMove, advance_letter
from shouwang.flows.draft_letter import FIELDS, Draft, draft_letter, language_of, prefilled
from shouwang.flows.letter_causes import Matter, of_cases
from shouwang.flows.letter_seeds import from_step, with_others
from shouwang.flows.letter_sight import written_here
from shouwang.flows.letter_words import line_of
from shouwang.flows.refusal import Moved, NotSeen, Refused, Unfit
from shouwang.flows.sight import pack_for
from shouwang.kernel.codes import county_of
from shouwang.policy.letter_shapes import LetterKind

GRID = ("grid",)


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What the form is about: kind, issuing body, recipient, everything it may name, and what is chosen of it."""

    kind: LetterKind
    region: str
    to: tuple[str, str, str]
    known: Sequence[Matter]
    ticked: frozenset[UUID]
    step: str
    standing: str
    now: datetime

    @property
    def matters(self) -> list[Matter]:
        return [one for one in self.known if one.subject in self.ticked]


@signed_in
def new(request: HttpRequest, actor: Actor) -> HttpResponse:
    now = timezone.now()
    asked, kinds = _asked(request, actor, now)
    if request.method != "POST":
        return _form(request, asked, kinds, words=_prefilled(asked))
    words = _addressed(asked, {name: request.POST.get(name, "") for name in FIELDS})
    draft = Draft(
        kind=asked.kind.id, region=asked.region, to=asked.to, words=words, matters=asked.matters,
        language=request.POST.get("language", "zh"),
    )  # fmt: skip
    try:
        kept = draft_letter(actor, draft, now=now)
    except Unfit as unfit:
        return _form(request, asked, kinds, words=words, faults=unfit.fields, status=422)
    except Refused as refusal:
        return _form(request, asked, kinds, words=words, status=409, **told(refusal.decision))
    return HttpResponseRedirect(f"{reverse('office:letter', args=[kept.id])}?done=draft")


@signed_in
def revise(request: HttpRequest, actor: Actor, letter_id: UUID) -> HttpResponse:
    """The words of a draft, to change."""
    read = telling(actor, letter_id)
    if not read.may_revise:
        raise Http404
    letter, faults, said = read.letter, {}, {}
    words = {name: getattr(letter, name) for name in FIELDS} | {"language": letter.language}
    if request.method == "POST":
        words = {name: request.POST.get(name, "") for name in (*FIELDS, "language")}
        version = request.POST.get("version", "")
        move = LetterMove(act="revise", fields=words, version=int(version) if version.isdigit() else None)
        try:
            advance_letter(actor, letter_id, move, now=timezone.now())
            return HttpResponseRedirect(f"{reverse('office:letter', args=[letter_id])}?done=revise")
        except NotSeen:
            raise Http404 from None
        except Unfit as unfit:
            faults = unfit.fields
        except Refused as refusal:
            said = told(refusal.decision)
        except Moved:
            said = {"moved": True}
    context = {
        "letter": letter, "kind": read.kind, "words": words, "faults": faults, "to": read.to, "matters": read.matters,
        "written_in": _languages(), "chosen": words["language"], **said,
    }  # fmt: skip
    return render(request, "office/letters/revise.html", context, status=422 if faults else 409 if said else 200)


def _asked(request: HttpRequest, actor: Actor, now: datetime) -> tuple[Asked, list[LetterKind]]:
    given = request.POST if request.method == "POST" else request.GET
    local = pack_for(given.get("region", "") or actor.county, now=now)
    cases = _ids(given.getlist("case"))
    standing, step = _ids([given.get("standing", "")]), _ids([given.get("step", "")])
    found = of_cases(actor, cases, pack=local)
    if standing:
        found = from_step(actor, standing[0], step[0] if step else None, pack=local, now=now)
    written = written_here(actor, given.get("region", ""))
    fitting = [(kind, body) for kind, body in written if not found or _fits(kind, body, found)]
    if not fitting:
        raise Http404
    kind, region = next((one for one in fitting if one[0].id == given.get("kind")), fitting[0])
    asked = Asked(
        kind=kind,
        region=region,
        to=found[0].to if found else (given.get("department", ""), "", given.get("body", "") or region),
        known=with_others(actor, found, pack=local, now=now) if not kind.needs else found,
        ticked=frozenset(_ids(given.getlist("matter"))) if request.method == "POST" else _all(found),
        step=given.get("step", ""),
        standing=given.get("standing", ""),
        now=now,
    )
    return asked, list({one.id: one for one, body in fitting if body == region}.values())


def _all(found: Sequence[Matter]) -> frozenset[UUID]:
    return frozenset(one.subject for one in found)


def _fits(kind: LetterKind, body: str, found: Sequence[Matter]) -> bool:
    """Written by the county the matters lie in or by its prefecture; a kind about hazards needs hazards."""
    area = county_of(found[0].area)
    near = body == area or body == f"{area[:4]}00"
    return near and not (kind.needs and found[0].kind != "hazard")


def _prefilled(asked: Asked) -> dict[str, str]:
    local = pack_for(asked.region, now=asked.now)
    words = prefilled(local, asked.kind, region=asked.region, to=asked.to, now=asked.now)
    if not asked.known and not asked.kind.to:
        # Whom it goes to is chosen below; the words for it follow from that.
        words |= {"addressee": "", "addressee_ko": ""}
    return {**words, "language": language_of(local, asked.now)}


def _addressed(asked: Asked, words: dict[str, str]) -> dict[str, str]:
    """A recipient left empty is addressed as its department is called."""
    if words["addressee"].strip() or not (asked.to[0] or asked.kind.to or asked.known):
        return words
    local = pack_for(asked.region, now=asked.now)
    known = prefilled(local, asked.kind, region=asked.region, to=asked.to, now=asked.now)
    return words | {name: known[name] for name in ("addressee", "addressee_ko") if not words[name].strip()}


def _form(
    request: HttpRequest,
    asked: Asked,
    kinds: list[LetterKind],
    *,
    words: dict[str, str],
    status: int = 200,
    **said: Any,
) -> HttpResponse:
    language = (get_language() or "zh")[:2]
    lines = [
        (one, line_of(pack(), asked.kind, one.kind, one.facts, language), one.subject in asked.ticked)
        for one in asked.known
    ]
    context = {
        "asked": asked,
        "kinds": [(kind.id, say(kind.label)) for kind in kinds],
        "lines": lines,
        "words": words,
        "written_in": _languages(),
        "chosen": words.get("language") or request.POST.get("language", "zh"),
        "place": names([asked.region])[asked.region],
        "departments": [(code, department_label(code)) for code in pack().departments if code not in GRID],
        "bodies": _bodies(asked) if not asked.known else [],
        **said,
    }
    return render(request, "office/letters/new.html", context, status=status)


def _bodies(asked: Asked) -> list[tuple[str, str]]:
    """The issuing body itself and those right below it, to choose whom a letter without a case goes to."""
    below = children(asked.region, areas=[asked.region], on=timezone.localdate(asked.now), limit=200).places
    return [(asked.region, names([asked.region])[asked.region]), *((one.code, one.name) for one in below)]


def _languages() -> list[tuple[str, str]]:
    known = pack()
    codes = ("zh", "zh-ko") if "ko" in known.languages else ("zh",)
    return [(code, say(known.wordings.get(f"letter.language.{code}"), code)) for code in codes]


def _ids(texts: Sequence[str]) -> list[UUID]:
    """Ids as they stand in an address; what somebody made up is left out."""
    found = []
    for text in texts:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found
