"""Hazards by the API: reported once however often it is sent, and listed newest first."""

from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from dmr import Body, Headers, Query, validate

from shouwang.domains.hazards.queries import newest
from shouwang.faces import keyset
from shouwang.flows.refusal import Unfit
from shouwang.flows.report_hazard import Report, report_hazard
from shouwang.flows.sight import narrowed, sight
from shouwang.kernel.geo import Datum, Point, convert, datum_named
from shouwang.policy import load

from .case import brought, plain, seen_by
from .desk import Desk, answers
from .shapes import Filters, Hazard, KeyGiven, Listed, ReportGiven
from .tellings import telling_of

ROWS = 50


class Hazards(Desk):
    """The hazards within the caller's sight."""

    @validate(*answers(Listed))
    def get(self, parsed_query: Query[Filters]) -> HttpResponse:
        """The 50 newest, or those after a cursor; by state, grade, kind and area."""
        asked = parsed_query
        seen, where = narrowed(sight(self.actor), asked.area, self.actor.lineage)
        page = newest(seen, limit=ROWS, after=_cursor(asked.after), where={**where, **known(asked)})
        return self.answer({"hazards": page.rows, "after": keyset.written(page.after) or None})

    @validate(*answers(Hazard, 201, also=200, no=(403, 409)))
    def post(self, parsed_headers: Headers[KeyGiven], parsed_body: Body[ReportGiven]) -> HttpResponse:
        """Report a hazard: 201, and 200 with the same case when it was sent before under this key."""
        given = parsed_body
        lon, lat = _on_the_ground(given)
        report = Report(
            key=parsed_headers.key,
            region=given.region,
            kind=given.kind,
            found_at=given.found_at,
            place=given.place,
            note=given.note,
            site=given.site,
            signs=tuple(given.signs),
            lon=lon,
            lat=lat,
            accuracy=given.accuracy,
            fixed=given.fixed,
            channel=given.channel or load(settings.PACK).wiring.channels.usual,
            telling=telling_of(given),
            photos=brought(given.photos),
        )
        done = report_hazard(self.actor, report, now=timezone.now())
        case = done.case or seen_by(self.actor, done.id)
        return self.answer(plain(case), status=200 if done.replayed else 201)


def _on_the_ground(given: ReportGiven) -> tuple[float | None, float | None]:
    """The place on WGS-84, as it is kept; a map service in China gives another datum and names it."""
    datum = datum_named(given.datum)
    if given.lon is None or given.lat is None or datum is None:
        return given.lon, given.lat
    return convert(Point(given.lon, given.lat), source=datum, target=Datum.WGS84)


def _cursor(text: str) -> keyset.Key | None:
    found = keyset.read(text)
    if text and found is None:
        raise Unfit({"after": _("This is not a cursor that a page gave.")})
    return found


def known(asked: Filters) -> dict[str, Any]:
    pack = load(settings.PACK)
    wanted = {name: value for name in ("state", "grade", "kind") if (value := getattr(asked, name))}
    choices = {"state": pack.states, "grade": pack.grades, "kind": pack.kinds}
    wrong = {
        name: _("This is not one of the choices.") for name in wanted if wanted[name] not in choices[name]
    }
    if wrong:
        raise Unfit(wrong)
    return wanted
