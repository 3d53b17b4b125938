"""A home is visited or a place patrolled (走访巡查): once, however often the phone sends it, and never over another's.

What one finds bad becomes a hazard by the same flow as any report, tied to the point of the list.
"""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from shouwang.domains.households.queries import groups_of
from shouwang.domains.households.queries import one as one_home
from shouwang.domains.ledger.acts import By
from shouwang.domains.ledger.idempotency import KeyReused, done_before, key_row, made_under
from shouwang.domains.ledger.minting import mint, salt
from shouwang.domains.patrols import services
from shouwang.domains.patrols.models import Visit
from shouwang.domains.patrols.queries import findings_of, one, visits_of
from shouwang.domains.patrols.scopes import ENTER, Sight
from shouwang.domains.people.actor import Actor
from shouwang.kernel.codes import county_of, is_region
from shouwang.kernel.decision import Decision, Reason
from shouwang.kernel.digest import seal
from shouwang.policy import Pack
from shouwang.policy.checklist_shapes import Checklist
from shouwang.rules.visiting import ANSWERS, BAD, contradicts

from .admitted_items import barred_lists
from .households_sight import home_sight
from .photos import Photo
from .refusal import NotSeen, Refused, Unfit, key_fault, too_long
from .register_site import one_site
from .report_hazard import Report, Reported, report_hazard
from .sight import areas_for, pack_for, post_with, spelt_out

ENTERING = ENTER
MOST_POINTS, NAME = 40, 40


@dataclass(frozen=True, kw_only=True)
class Walked:
    """What the phone kept of a visit: `version` is that of the list it showed, `answers` those given to it."""

    key: str
    region: str
    checklist: str
    version: int
    answers: Mapping[str, str]
    found_at: datetime
    home: UUID | None = None
    at_site: UUID | None = None
    site: str = ""
    place: str = ""
    taught: bool = False


def visit_sight(actor: Actor) -> Sight:
    return Sight(areas=tuple(spelt_out(areas_for(actor, ENTER))), viewer=actor.id)


def record_visit(actor: Actor, told: Walked, *, now: datetime) -> UUID:
    """Raises NotSeen, Unfit, Refused, KeyReused."""
    told = _at_home(actor, told) if told.home else _at_site(actor, told) if told.at_site else told
    if not is_region(told.region):
        raise Unfit({"region": _("This is not an area code.")})
    pack = pack_for(told.region, now=now)
    _check(pack, told, now=now)
    by = _by(actor, told.region, pack=pack, clause=pack.checklists[told.checklist].row, now=now)
    fingerprint = seal(b"visit", _said(told))
    found = mint(now)
    visit = Visit(
        id=found, county=county_of(told.region), region=told.region, salt=salt(), home=told.home, site=told.site,
        place=told.place, at_site=told.at_site, checklist=told.checklist, version=told.version,
        answers=dict(told.answers), taught=told.taught, person=actor.id, post=by.post,
        found_at=min(told.found_at, now), recorded_at=now,
    )  # fmt: skip
    key = key_row(told.key, region=told.region, actor=actor.id, fingerprint=fingerprint, object_id=found, at=now)
    try:
        with transaction.atomic():
            services.keep_visit(visit, _groups(actor, told), by=by, also=[key])
    except IntegrityError:
        done = done_before(told.key, county=visit.county, actor=actor.id, fingerprint=fingerprint)
        if done is None:
            raise
        return done
    return found


def report_finding(  # noqa: PLR0913
    actor: Actor, visit_id: UUID, point: str, photos: Sequence[Photo], *, now: datetime, kind: str = ""
) -> Reported:
    """What was bad becomes a case; a photo of the result says it was fixed on the spot. Raises as a report does.

    `kind` is what the list of the phone said of the point: it counts where the list has changed meanwhile.
    """
    visit = one(visit_sight(actor), visit_id)
    if visit is None or visit.answers.get(point) != BAD:
        raise NotSeen(str(visit_id))
    pack = pack_for(visit.region, now=now)
    kind = kinds_of(pack, visit.checklist).get(point, kind)
    if not kind:
        raise NotSeen(point)
    if kind not in pack.kinds:
        raise Unfit({"kind": _("This kind is no longer in use. Choose another.")})
    if known := findings_of(visit).get(point):
        return Reported(id=known, county=visit.county, replayed=True)
    report = Report(
        key=_key_of(visit, point), region=visit.region, kind=kind, found_at=visit.found_at,
        place=visit.place, site=visit.site, fixed=any(photo.purpose == "after" for photo in photos),
        photos=tuple(photos),
    )  # fmt: skip
    done = _reported_once(actor, report, now=now)
    # A stop between the two leaves a case without its link: the phone sends again, and the link is made then.
    if point not in findings_of(visit):
        by = _by(actor, visit.region, pack=pack, clause=pack.kinds[kind].row, now=now)
        # Whoever was first has linked the same case: the key is one.
        with suppress(IntegrityError), transaction.atomic():
            services.link(visit, point, done.id, by=by)
    return done


def _key_of(visit: Visit, point: str) -> str:
    """One for all who report the same bad point, however many press at once; nobody can take it first."""
    return salted_hmac("patrols.finding", f"{visit.id} {point}", algorithm="sha256").hexdigest()


def _reported_once(actor: Actor, report: Report, *, now: datetime) -> Reported:
    """The case of whoever was first. Raises as a report does."""
    try:
        return report_hazard(actor, report, now=now)
    except KeyReused:
        county = county_of(report.region)
        first = made_under(report.key, county=county)
        if first is None:
            raise
        return Reported(id=first, county=county, replayed=True)


def kinds_of(pack: Pack, checklist: str) -> Mapping[str, str]:
    """{point: the kind of hazard it is where it is bad}; nothing for a list the pack no longer has."""
    found = pack.checklists.get(checklist)
    return {point.id: point.kind for point in found.points} if found else {}


def list_for(pack: Pack, *, home: bool, region: str, now: datetime, site: str = "") -> Checklist:
    """The list to fill in: that of homes, that of the kind of place, or the one for all other places."""
    barred = barred_lists(region, pack=pack, now=now)
    told = [
        one for one in pack.checklists.values() if one.homes == home and not one.door and one.id not in barred
    ]
    return next((one for one in told if site in one.sites), next(one for one in told if not one.sites))


def contradictions(pack: Pack, visits: Sequence[Visit]) -> Mapping[UUID, Sequence[str]]:
    """{visit: the facts another visit within a day tells otherwise}, of the visits of one home."""
    facts = [point.id for one in pack.checklists.values() for point in one.points if point.fact]
    found: dict[UUID, list[str]] = {}
    for mine in visits:
        for theirs in visits:
            told = contradicts(facts, (mine.found_at, mine.answers), (theirs.found_at, theirs.answers))
            found.setdefault(mine.id, []).extend(name for name in told if name not in found.get(mine.id, ()))
    return {visit: names for visit, names in found.items() if names}


def told_otherwise(visit: Visit) -> Sequence[str]:
    """The facts of a visit that another visit of the home tells otherwise."""
    if visit.home is None:
        return ()
    pack = pack_for(visit.region, now=visit.recorded_at)
    return contradictions(pack, visits_of(visit.county, visit.home)).get(visit.id, ())


def _at_home(actor: Actor, told: Walked) -> Walked:
    assert told.home is not None
    home = one_home(home_sight(actor), told.home)
    if home is None:
        raise NotSeen(str(told.home))
    return Walked(**{**vars(told), "region": home.region, "site": home.kind, "place": ""})


def _at_site(actor: Actor, told: Walked) -> Walked:
    assert told.at_site is not None
    site = one_site(actor, told.at_site)
    return replace(told, region=site.region, site=site.kind, place=site.name)


def _said(told: Walked) -> dict[str, object]:
    said = {**vars(told), "home": str(told.home), "answers": sorted(told.answers.items())}
    at_site = said.pop("at_site")
    if not at_site:
        return said
    # What the place is called today is no word of whoever was there: renamed meanwhile, the visit is the same.
    named = ("region", "site", "place")
    return {name: value for name, value in said.items() if name not in named} | {"at_site": str(at_site)}


def _groups(actor: Actor, told: Walked) -> Sequence[str]:
    home = one_home(home_sight(actor), told.home) if told.home else None
    return groups_of([home])[home.id] if home else ()


def _by(actor: Actor, region: str, *, pack: Pack, clause: str, now: datetime) -> By:
    post = post_with(actor, ENTER, region, pack=pack)
    if post is None:
        raise Refused(Decision(False, (Reason("not_held", {"action": ENTER}),), (pack.actions[ENTER],)))
    return By(actor=actor.id, post=post.kind, at=now, pack=pack.version, clause=clause)


def _check(pack: Pack, told: Walked, *, now: datetime) -> None:
    faults: dict[str, str] = {}
    if fault := key_fault(told.key):
        faults["key"] = fault
    if told.checklist not in pack.checklists:
        faults["checklist"] = _("This list is not known here.")
    elif told.checklist in barred_lists(told.region, pack=pack, now=now):
        faults["checklist"] = _("This is new work of the grid, and the county has not admitted it.")
    if not told.answers:
        faults["answers"] = _("Say of at least one thing how it is.")
    # A list that changed meanwhile loses nothing: points it no longer has are kept as they were answered.
    named = all(name and not too_long(name, NAME) and value in ANSWERS for name, value in told.answers.items())
    if not named or len(told.answers) > MOST_POINTS:
        faults["answers"] = _("This is no answer to the list.")
    if told.home is None and not told.place:
        faults["place"] = _("Say where it is, so that somebody else finds it.")
    if told.home is None and told.site not in pack.sites:
        faults["site"] = _("This kind of place is not known.")
    if fault := too_long(told.place, 120):
        faults["place"] = fault
    if faults:
        raise Unfit(faults)
