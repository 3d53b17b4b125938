"""函件列表: those our office issued, and those that came to us; the newest first."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from shouwang.domains.areas.queries import names
from shouwang.domains.letters.queries import newest, waiting
from shouwang.domains.letters.scopes import Sight
from shouwang.domains.people.actor import Actor
from shouwang.faces import keyset
from shouwang.faces.doors import signed_in
from shouwang.faces.office.filters import Choice
from shouwang.faces.office.letters.words import chip, kind_label, state_label
from shouwang.faces.templatetags.words import department_label, pack, post_label
from shouwang.flows.letter_sight import letter_sight, written_here

ROWS = 50
ISSUED, RECEIVED = "issued", "received"
STATES = ("drafted", "approved", "issued", "received", "answered", "closed", "withdrawn")


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What the reader asks for; a value nobody knows is left out."""

    view: str
    kind: str
    state: str
    late: bool

    def query(self, **more: str) -> str:
        kept = {"view": self.view, "kind": self.kind, "state": self.state, "late": "1" if self.late else "", **more}
        return urlencode({name: value for name, value in kept.items() if value})

    def choices(self) -> list[Choice]:
        kinds = [(code, kind_label(code)) for code in pack().letters]
        states = [(code, state_label(code)) for code in STATES]
        return [
            Choice(name="kind", label=_("Kind of letter"), value=self.kind, options=kinds),
            Choice(name="state", label=_("State"), value=self.state, options=states),
        ]


@signed_in
def letters(request: HttpRequest, actor: Actor) -> HttpResponse:
    now, sight = timezone.now(), letter_sight(actor)
    asked = _asked(request, sight)
    pieces = sight.issued_by_us() if asked.view == ISSUED else sight.received_by_us()
    page = newest(
        pieces,
        where={"kind": asked.kind, "state": asked.state},
        late_at=now if asked.late else None,
        after=keyset.read(request.GET.get("after", "")),
        limit=ROWS,
    )
    here, following = reverse("office:letter_list"), keyset.written(page.after)
    context = {
        "now": now,
        "asked": asked,
        "both": bool(sight.areas) and bool(sight.received_by_us()),
        "rows": _told(page.rows, now),
        "counts": waiting(pieces, now=now) if pieces else {},
        "may_draft": bool(written_here(actor)),
        "next": f"{here}?{asked.query(after=following)}" if following else "",
        "first": f"{here}?{asked.query()}" if request.GET.get("after") else "",
    }
    return render(request, "office/letters/list.html", context)


def _asked(request: HttpRequest, sight: Sight) -> Asked:
    view = request.GET.get("view", "")
    if view not in (ISSUED, RECEIVED):
        view = ISSUED if sight.areas else RECEIVED
    kind, state = request.GET.get("kind", ""), request.GET.get("state", "")
    return Asked(
        view=view,
        kind=kind if kind in pack().letters else "",
        state=state if state in STATES else "",
        late=request.GET.get("late") == "1",
    )


def _told(rows: list[dict[str, Any]], now: datetime) -> list[dict[str, Any]]:
    """Each row with its recipient or sender and its chip in words."""
    places = names({row[name] for row in rows for name in ("region", "to_body")})
    for row in rows:
        who = department_label(row["to_department"]) if row["to_department"] else post_label(row["to_post"])
        row["to"], row["from"] = f"{places[row['to_body']]} · {who}", places[row["region"]]
        row["tone"], row["chip"] = chip(row["state"], row["due_at"], now)
        row["label"] = kind_label(row["kind"])
        row["title"] = (row["title_ko"] if get_language() == "ko" else "") or row["title"]
    return rows
