"""走访单: what a visit's form holds, as it is opened, handed in and shown again; photos belong to a point."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from shouwang.domains.files.checking import FileRefused
from shouwang.domains.people.actor import Actor
from shouwang.faces.days import moment
from shouwang.faces.phone.photos import Carried, carried, hold
from shouwang.flows.record_visit import Walked, report_finding
from shouwang.flows.refusal import Unfit
from shouwang.policy.checklist_shapes import Checklist
from shouwang.rules.visiting import BAD, NOT_SEEN, OK

LOOK = "look:"
VERSION = re.compile(r"[0-9]{1,4}")
Words = Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """The form as somebody filled it in: what was typed, and the photos of what was bad, by point."""

    typed: Words
    photos: Mapping[str, Sequence[Carried]] = field(default_factory=dict)

    def walked(self, told: Checklist, now: datetime, **where: Any) -> Walked:
        version = self.typed.get("version", "")
        return Walked(
            key=self.typed.get("key", ""), checklist=self.typed.get("checklist", told.id),
            version=int(version) if VERSION.fullmatch(version) else told.version, answers=self.answers,
            taught=bool(self.typed.get("taught")), found_at=moment(self.typed.get("at", ""), now), **where,
        )  # fmt: skip

    @property
    def answers(self) -> dict[str, str]:
        return {name.removeprefix(LOOK): value for name, value in self.typed.items() if name.startswith(LOOK)}


def opened() -> Sheet:
    """A form as it is opened: a key and the moment, so that without script too it is the same when sent twice."""
    return Sheet(typed={"key": str(uuid4()), "at": timezone.now().isoformat()})


def handed(request: HttpRequest, actor: Actor, *, now: datetime) -> Sheet:
    typed = {name: str(value).strip() for name, value in request.POST.items()}
    bad = [name.removeprefix(LOOK) for name, value in typed.items() if name.startswith(LOOK) and value == BAD]
    photos = {point: carried(request, actor, now=now, of=f".{point}") for point in bad}
    return Sheet(typed=typed, photos={point: found for point, found in photos.items() if found})


def report_photographed(actor: Actor, visit: Any, sheet: Sheet, *, now: datetime) -> Words:
    """What was bad and photographed is reported with the visit. Returns why a photo was not taken, by field."""
    faults: dict[str, str] = {}
    for point, photos in sheet.photos.items():
        try:
            kind = sheet.typed.get(f"kind:{point}", "")
            report_finding(actor, visit, point, [one.photo() for one in photos], now=now, kind=kind)
        except Unfit as unfit:
            faults[f"before.{point}"] = " ".join(unfit.fields.values())
        except FileRefused:
            faults |= hold(actor, photos, now=now)[1]
    return faults


def shown(told: Checklist, sheet: Sheet, slips: Words) -> dict[str, Any]:
    """The points of the list with what was answered and which photos are still there."""
    points = [
        {"point": point, "value": sheet.typed.get(LOOK + point.id, ""),
         "before": slips.get(f"before.{point.id}", ""), "after": slips.get(f"after.{point.id}", "")}
        for point in told.points
    ]  # fmt: skip
    choices = [(OK, _("Good")), (BAD, _("Bad")), (NOT_SEEN, _("Not seen"))]
    return {"typed": sheet.typed, "points": points, "choices": choices}


def held_of(actor: Actor, sheet: Sheet, *, now: datetime) -> tuple[Words, Words]:
    """The photos of a form that comes back: slips, and why some cannot be opened."""
    return hold(actor, [one for found in sheet.photos.values() for one in found], now=now)
