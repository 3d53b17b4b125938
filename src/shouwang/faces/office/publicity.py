"""宣传工具: what a loudspeaker says, as text and as a file for emergency broadcasting; its record begun."""

from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from shouwang.domains.areas.queries import name_of
from shouwang.domains.people.actor import Actor
from shouwang.faces.doors import signed_in
from shouwang.faces.language import offered
from shouwang.faces.lessons import lesson_list, lesson_opened
from shouwang.faces.office.records.boxes import BEFORE
from shouwang.flows.sight import pack_of
from shouwang.kernel import cap
from shouwang.policy import Pack
from shouwang.policy.lesson_shapes import Lesson
from shouwang.policy.vocabulary import Tongue
from shouwang.rules.broadcasts import seconds, spoken

CODES = "GB/T 2260"
LASTS = timedelta(days=1)
LANGUAGES: dict[Tongue, str] = {"zh": "zh-CN", "ko": "ko-KR", "en": "en"}


@signed_in
def publicity(request: HttpRequest, actor: Actor) -> HttpResponse:
    pack = pack_of(actor.county, now=timezone.now())
    found = lesson_list(pack, actor, on=timezone.localdate())
    return render(request, "office/publicity.html", {"lessons": found})


@signed_in
def lesson(request: HttpRequest, actor: Actor, name: str) -> HttpResponse:
    pack = pack_of(actor.county, now=timezone.now())
    found = lesson_opened(pack, name)
    context = {"lesson": found, "texts": _texts(found, pack), "record": _begun(actor, found, pack)}
    return render(request, "office/publicity_lesson.html", context)


@signed_in
def broadcast(request: HttpRequest, actor: Actor, name: str) -> HttpResponse:
    """The text as a CAP message for the body of the reader's first post, for a day: a draft until somebody sends it."""
    now = timezone.now()
    pack = pack_of(actor.county, now=now)
    found = lesson_opened(pack, name)
    if not actor.posts:
        raise Http404
    said = cap.written(_alert(request, actor, found, pack, now=now))
    response = HttpResponse(said, content_type="application/cap+xml")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.cap.xml"'
    return response


def _texts(found: Lesson, pack: Pack) -> list[dict[str, Any]]:
    texts = [(tongue, spoken(found, tongue)) for tongue in pack.languages[:2]]
    named = {code[:2]: name for code, name in offered()}
    return [
        {"tongue": tongue, "name": named[tongue], "text": text, "seconds": seconds(text, tongue)}
        for tongue, text in texts
    ]


def _begun(actor: Actor, found: Lesson, pack: Pack) -> str:
    """The record of a broadcast with all that is known already; '' for who enters none."""
    kind = pack.wiring.records.broadcast
    if not kind or not {post.kind for post in actor.posts} & set(pack.records[kind].enters):
        return ""
    values = {
        "about": found.label.zh, "aired_on": timezone.localdate().isoformat(),
        "kind": "season" if found.seasons else "daily",
    }  # fmt: skip
    said = {"region": actor.posts[0].region, **{f"{BEFORE}{name}": value for name, value in values.items()}}
    return f"{reverse('office:new_record', args=[kind])}?{urlencode(said)}"


def _alert(request: HttpRequest, actor: Actor, found: Lesson, pack: Pack, *, now: datetime) -> cap.Alert:
    body = actor.posts[0].region
    local = now.astimezone(pack.zone)
    infos = [
        cap.Info(
            language=LANGUAGES[tongue], category="Fire", event=found.label.in_(tongue), urgency="Unknown",
            severity="Minor", certainty="Unknown", headline=found.label.in_(tongue),
            description=spoken(found, tongue), sender_name=name_of(body), expires=local + LASTS,
            web=request.build_absolute_uri(reverse("public:lesson", args=[found.id])),
        )
        for tongue in pack.languages[:2]
    ]  # fmt: skip
    return cap.Alert(
        identifier=f"{body}-{found.id}-{local:%Y%m%d%H%M%S}", sender=f"{settings.PACK}.{body}", sent=local,
        status="Draft", infos=infos, places=[cap.Place(name=name_of(body), code=body, list=CODES)],
    )  # fmt: skip
