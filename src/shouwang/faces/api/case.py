"""A case as the API tells it: as it stands, its story, its files, and what the reader may do next."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from dmr import Body, Path, validate

from shouwang.domains.files.queries import attachments_of
from shouwang.domains.hazards.queries import ROW, one, steps_of
from shouwang.domains.people.actor import Actor
from shouwang.flows.advance_hazard import Move, advance_hazard, open_acts
from shouwang.flows.ask_recheck import ask_recheck
from shouwang.flows.photos import Photo
from shouwang.flows.refusal import NotSeen
from shouwang.flows.sight import sight
from shouwang.flows.whistle import Whistle, whistle

from .desk import Desk, answers
from .shapes import ActGiven, Attached, CaseOf, PhotoGiven, Step, Whole


def brought(photos: Sequence[PhotoGiven]) -> tuple[Photo, ...]:
    return tuple(Photo(sha256=one.sha256, purpose=one.purpose) for one in photos)


def seen_by(actor: Actor, case_id: UUID) -> Any:
    """A case in the person's sight. Raises NotSeen."""
    case = one(sight(actor), case_id)
    if case is None:
        raise NotSeen(str(case_id))
    return case


def plain(case: Any) -> dict[str, Any]:
    """A case as lists show it, its times as the database hands them back."""
    values = {name: getattr(case, name) for name in ROW}
    return {n: v.astimezone(UTC) if isinstance(v, datetime) else v for n, v in values.items()}


def whole(actor: Actor, case_id: UUID) -> Whole:
    """The case with all that belongs to it. Raises NotSeen."""
    case = seen_by(actor, case_id)
    steps = [
        Step(
            act=s.act, source=s.source, target=s.target, post=s.post, at=s.at, note=s.note, clauses=s.clauses
        )
        for s in steps_of(case)
    ]
    files = [
        Attached(id=f.id, purpose=f.purpose, sha256=f.sha256, at=f.at)
        for f in attachments_of(case.county, case.id)
    ]
    return Whole(
        **plain(case),
        note=case.note,
        lon=case.lon,
        lat=case.lat,
        found_at=case.found_at,
        steps=steps,
        files=files,
        acts=[arrow.act for arrow in open_acts(actor, case)],
    )


def called(given: ActGiven) -> Whistle:
    return Whistle(departments=given.departments, need=given.note.strip(), version=given.version)


class Case(Desk):
    """One hazard."""

    @validate(*answers(Whole, no=(404,)))
    def get(self, parsed_path: Path[CaseOf]) -> HttpResponse:
        """A case in the caller's sight, with its steps, files and open acts."""
        return self.answer(whole(self.actor, parsed_path.case_id))


class Acts(Desk):
    """What people do to a hazard."""

    @validate(*answers(Whole, no=(403, 404, 409)))
    def post(self, parsed_path: Path[CaseOf], parsed_body: Body[ActGiven]) -> HttpResponse:
        """Move the case on by an arrow of the loop (see `acts`), whistle for departments, or ask_recheck."""
        given, case_id, now = parsed_body, parsed_path.case_id, timezone.now()
        if given.act == "whistle":
            whistle(self.actor, case_id, called(given), now=now)
        elif given.act == "ask_recheck":
            ask_recheck(self.actor, case_id, given.body, now=now)
        else:
            move = Move(
                act=given.act,
                version=given.version,
                note=given.note,
                photos=brought(given.photos),
                department=given.department,
                body=given.body,
                elder=given.elder,
            )
            advance_hazard(self.actor, case_id, move, now=now)
        return self.answer(whole(self.actor, case_id))
