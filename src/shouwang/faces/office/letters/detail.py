"""One letter on a page of its own: to read, to act on, to print, to take away as a Word document."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from shouwang.domains.people.actor import Actor
from shouwang.faces.doors import signed_in
from shouwang.faces.office.letters.telling import Telling, telling
from shouwang.faces.office.letters.word import parts, written
from shouwang.faces.office.letters.words import chip, decision_label, in_tongue, known_act
from shouwang.faces.office.responsibility.letter_word import WORD, BadTemplate
from shouwang.flows.letter_words import KO, ZH, day_words, issuer_of, line_of

# Words of the paper, which speaks its own language whatever the reader's is.
CONTACT = {ZH: "（联系人：%s）", KO: "(련계인: %s)"}


@signed_in
def letter(request: HttpRequest, actor: Actor, letter_id: UUID) -> HttpResponse:
    return shown(request, telling(actor, letter_id))


def shown(request: HttpRequest, told: Telling, *, status: int = 200, **more: Any) -> HttpResponse:
    """The page of a letter; after a refusal with its reasons and what was typed."""
    now, one = timezone.now(), told.letter
    tone, words = chip(one.state, one.due_at, now)
    context = {
        "telling": told,
        "letter": one,
        "now": now,
        "tone": tone,
        "chip": words,
        "title": in_tongue(one, "title"),
        "opening": parts(in_tongue(one, "opening")),
        "asks": parts(in_tongue(one, "asks")),
        "addressee": in_tongue(one, "addressee"),
        "decision": decision_label(one.decision) if one.decision else "",
        "done": known_act(request.GET.get("done", "")),
        **more,
    }
    return render(request, "office/letters/letter.html", context, status=status)


@signed_in
def printed(request: HttpRequest, actor: Actor, letter_id: UUID) -> HttpResponse:
    """The letter as it lies on the desk: one sheet in Chinese, a second one in Korean where it has one."""
    told = telling(actor, letter_id)
    languages = (ZH, KO) if told.letter.language == "zh-ko" else (ZH,)
    sheets = [_sheet(told, language) for language in languages]
    return render(request, "office/letters/print.html", {"letter": told.letter, "sheets": sheets})


@signed_in
def word(request: HttpRequest, actor: Actor, letter_id: UUID) -> HttpResponse:
    told = telling(actor, letter_id)
    try:
        made = written(told.pack, told.letter, told.causes)
    except BadTemplate as fault:
        context = {"fault": str(fault)}
        return render(request, "office/responsibility/template_fault.html", context, status=422)
    response = HttpResponse(made, content_type=WORD)
    response.headers["Content-Disposition"] = f'attachment; filename="letter-{str(letter_id)[:13]}.docx"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def _sheet(told: Telling, language: str) -> dict[str, Any]:
    one, tail = told.letter, "_ko" if language == KO else ""
    issued = timezone.localdate(one.issued_at) if one.issued_at else None
    return {
        "language": language,
        "issuer": issuer_of(told.kind, one.region).in_(language),
        "number": one.number,
        "title": getattr(one, f"title{tail}"),
        "addressee": getattr(one, f"addressee{tail}"),
        "opening": parts(getattr(one, f"opening{tail}")),
        "lines": [line_of(told.pack, told.kind, cause.kind, cause.facts, language) for cause in told.causes],
        "asks": parts(getattr(one, f"asks{tail}")),
        "date": day_words(issued, language) if issued else "",
        "contact": CONTACT[language] % one.contact if one.contact else "",
    }
