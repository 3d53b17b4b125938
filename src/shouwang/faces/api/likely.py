"""Is it one that is known? Asked before a report is sent; and adding to one that is (疑似重复、我也反映)."""

from datetime import UTC, datetime
from typing import Annotated
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.utils import timezone
from dmr import Body, Headers, Query, validate
from msgspec import Meta, Struct

from shouwang.flows.join_case import Joining, join_case
from shouwang.flows.likely_duplicates import Seen, likely_duplicates
from shouwang.policy import load

from .case import brought
from .desk import Desk, answers
from .shapes import Given, KeyGiven, PhotoGiven, Region, ReporterGiven
from .tellings import telling_of


class Asked(Struct, frozen=True, kw_only=True):
    """What somebody is about to report."""

    region: Region
    kind: Annotated[str, Meta(min_length=1, max_length=40)]
    place: Annotated[str, Meta(max_length=120)] = ""
    lon: Annotated[float, Meta(ge=-180, le=180)] | None = None
    lat: Annotated[float, Meta(ge=-90, le=90)] | None = None
    language: Annotated[str, Meta(max_length=20)] = ""


class LikelyOne(Struct, frozen=True):
    """A case that may be the same; `place` is empty where the caller does not see the case."""

    code: str
    kind: str
    state: str
    region: str
    reported_at: datetime
    place: str


class LikelyFound(Struct, frozen=True):
    hazards: list[LikelyOne]


class JoinGiven(Given):
    """“That is it, add mine”: the code the prompt showed, and what there is to add."""

    code: Annotated[str, Meta(min_length=1, max_length=40)]
    channel: Annotated[str, Meta(max_length=20)] = ""
    note: Annotated[str, Meta(max_length=500)] = ""
    reporter: ReporterGiven | None = None
    facts: dict[str, str] = {}
    photos: Annotated[list[PhotoGiven], Meta(max_length=9)] = []


class Added(Struct, frozen=True):
    """The case that was joined; `claim` is the reporter's own code, where they are not named here."""

    id: UUID
    code: str
    claim: str


class LikelyOnes(Desk):
    """Open cases that are probably the one somebody is about to report."""

    @validate(*answers(LikelyFound))
    def get(self, parsed_query: Query[Asked]) -> HttpResponse:
        """At most three, the likeliest first."""
        asked = parsed_query
        seen = Seen(region=asked.region, kind=asked.kind, place=asked.place, lon=asked.lon, lat=asked.lat)
        found = likely_duplicates(self.actor, seen, now=timezone.now())
        told = [
            LikelyOne(one.code, one.kind, one.state, one.region, one.reported_at.astimezone(UTC), one.place)
            for one in found
        ]
        return self.answer(LikelyFound(told))


class Joinings(Desk):
    """Adding to a case that is known."""

    @validate(*answers(Added, 201, also=200, no=(403, 404, 409)))
    def post(self, parsed_headers: Headers[KeyGiven], parsed_body: Body[JoinGiven]) -> HttpResponse:
        """Join a case by its code: 201, and 200 when it was sent before under this key."""
        given = parsed_body
        joining = Joining(
            key=parsed_headers.key,
            code=given.code,
            channel=given.channel or load(settings.PACK).wiring.channels.usual,
            note=given.note,
            telling=telling_of(given),
            photos=brought(given.photos),
        )
        done = join_case(self.actor, joining, now=timezone.now())
        told = Added(done.id, done.case.code, done.claim)
        return self.answer(told, status=200 if done.replayed else 201)


