"""A hazard is reported: graded, given to whoever must act, with a clock, in one durable act."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from shouwang.domains.files.models import Attachment
from shouwang.domains.hazards.models import Case
from shouwang.domains.hazards.services import Step, open_case
from shouwang.domains.ledger.idempotency import done_before, key_row
from shouwang.domains.ledger.minting import mint, salt
from shouwang.domains.people.actor import Actor, HeldPost
from shouwang.kernel.codes import case_code, county_of, covers, is_region
from shouwang.kernel.decision import Decision, Reason
from shouwang.kernel.digest import seal
from shouwang.policy import Pack
from shouwang.rules.clocks import due
from shouwang.rules.grading import grade
from shouwang.rules.routing import Assignee, body_of, who_acts
from shouwang.rules.transitions import arrow

from .photos import Photo, attach
from .refusal import Refused, Unfit, too_long
from .sight import pack as current_pack
from .sight import pack_of, usual_way
from .tellings import Telling, claim_of, keep_told, read_telling
from .working_days import workdays_of

REPORT = "hazards.report"
KEY = 64


@dataclass(frozen=True, kw_only=True)
class Report:
    """What a person reports. `key` is minted where the report was made, so that sending twice acts once."""

    key: str
    region: str
    kind: str
    found_at: datetime
    place: str = ""
    note: str = ""
    site: str = ""
    signs: tuple[str, ...] = ()
    lon: float | None = None
    lat: float | None = None
    accuracy: float | None = None
    fixed: bool = False
    channel: str = field(default_factory=usual_way)
    telling: Telling | None = None
    photos: tuple[Photo, ...] = field(default=())


@dataclass(frozen=True, kw_only=True)
class Reported:
    """The case and whether it had been reported under this key before."""

    id: UUID
    county: str
    replayed: bool
    case: Case | None = None
    claim: str = ""

    @property
    def code(self) -> str:
        """The code by which anybody follows the case."""
        return case_code(self.county, self.id)


def report_hazard(actor: Actor | None, report: Report, *, now: datetime) -> Reported:
    """Report a hazard; nobody does who has no account. Raises Unfit, Refused, KeyReused, FileRefused."""
    _check(report, current_pack(), now)
    pack = pack_of(county_of(report.region), now=now)
    told = read_telling(pack, report.channel, report.telling, actor, now=now)
    post = _post(actor, report, pack)
    who, fingerprint = told.seen(actor), _fingerprint(report, stranger=actor is None)
    claim = claim_of(report.key, county_of(report.region)) if told.by_code else ""

    def opened() -> Case:
        case, step = _judged(actor, post, report, who=who, pack=pack, now=now)
        key = key_row(report.key, region=case.region, actor=who, fingerprint=fingerprint, object_id=case.id, at=now)
        if told.plain:
            open_case(case, step, also=[key])
            return case
        with transaction.atomic():
            open_case(case, step, also=[key])
            keep_told(told, case, claim=claim, note=report.note, actor=actor, post=step.post, pack=pack, now=now)
        return case

    try:
        case = opened()
    except IntegrityError:
        done = done_before(report.key, county=county_of(report.region), actor=who, fingerprint=fingerprint)
        if done is not None:
            return Reported(id=done, county=county_of(report.region), replayed=True, claim=claim)
        # Of a million cases of a county two may draw the same code: whoever comes second draws anew.
        case = opened()
    return Reported(id=case.id, county=case.county, replayed=False, case=case, claim=claim)


def _check(report: Report, pack: Pack, now: datetime) -> None:
    faults: dict[str, str] = {}
    if not 0 < len(report.key) <= KEY:
        faults["key"] = _("A key of 1 to 64 signs is needed.")
    if not is_region(report.region):
        faults["region"] = _("This is not an area code.")
    if report.kind not in pack.kinds:
        faults["kind"] = _("Choose what kind of hazard it is.")
    if report.channel not in pack.channels:
        faults["channel"] = _("Choose the way it came in.")
    if report.site and report.site not in pack.sites:
        faults["site"] = _("This kind of place is not known.")
    if not set(report.signs) <= signs_of(pack, report.kind):
        faults["signs"] = _("This is nothing one looks for with this kind of hazard.")
    for name, most in (("key", KEY), ("place", 120), ("note", 500)):
        if fault := too_long(getattr(report, name), most):
            faults.setdefault(name, fault)
    if report.found_at > now:
        faults["found_at"] = _("This time has not come yet.")
    if report.fixed and not any(photo.purpose == "after" for photo in report.photos):
        faults["after"] = _(
            "A photo taken after the repair is needed: it is the proof that lets the case close."
        )
    if faults:
        raise Unfit(faults)


def _post(actor: Actor | None, report: Report, pack: Pack) -> HeldPost | None:
    """The post that lets the person report here by this way: the one nearest to the place; none for the public."""
    way = pack.channels[report.channel]
    if actor is None:
        if not way.public:
            raise Refused(Decision(False, (Reason("channel_closed", {"channel": way.id}),), (way.row,)))
        return None
    fitting = [
        (len(area), post)
        for post in actor.posts
        if REPORT in pack.posts[post.kind].actions
        # A post that sees its own cases only still reports whatever it finds in its territory.
        for area in post.territory
        if covers(area, report.region)
    ]
    if not fitting:
        raise Refused(Decision(False, (Reason("outside_territory"),), (pack.wiring.clauses.loop,)))
    using = [pair for pair in fitting if pair[1].kind in way.posts]
    if not using:
        raise Refused(Decision(False, (Reason("channel_closed", {"channel": way.id}),), (way.row,)))
    return max(using, key=lambda pair: pair[0])[1]


def _judged(
    actor: Actor | None, post: HeldPost | None, report: Report, *, who: UUID | None, pack: Pack, now: datetime
) -> tuple[Case, Step]:
    """The case as the rules judge it: grade, who acts, by when; each judgement keeps its reasons."""
    day = now.astimezone(pack.zone).date()
    facts = {"kind": report.kind, "site": report.site or "unknown", "fixed_on_spot": report.fixed}
    graded = grade(pack, facts, day)
    routed = who_acts(pack, {**facts, "grade": graded.verdict}, day)
    clock = due(pack, workdays_of(report.region), graded.verdict, now)
    assignee = _reporters_own(pack) if report.fixed else routed.verdict
    act, state = ("fix_on_spot", "submitted") if report.fixed else ("report", "assigned")
    case_id, county = mint(now), county_of(report.region)
    case = Case.fresh(
        id=case_id,
        county=county,
        region=report.region,
        salt=salt(),
        code=case_code(county, case_id),
        kind=report.kind,
        site=report.site,
        place=report.place,
        note=report.note,
        lon=report.lon,
        lat=report.lat,
        accuracy=report.accuracy,
        facts=_stated(report),
        grade=graded.verdict,
        state=state,
        channel=report.channel,
        reporter=who,
        department=assignee.department,
        body=body_of(assignee, report.region),
        submitter=who if report.fixed else None,
        found_at=report.found_at,
        reported_at=now,
        due_at=clock.verdict.at,
        due_provisional=clock.verdict.provisional,
    )
    step = Step(
        act=act,
        source="",
        target=state,
        actor=who,
        post=post.kind if post and who else "",
        at=now,
        pack=pack.version,
        clause=_clause(pack, act),
        judged=(graded, routed, clock),
        files=tuple(_kept(photo, case, report, actor=actor, now=now) for photo in report.photos),
    )
    return case, step


def _reporters_own(pack: Pack) -> Assignee:
    """What was fixed on the spot stays with the people of the place."""
    return Assignee(department=pack.wiring.departments.grid, level="grid")


def _clause(pack: Pack, act: str) -> str:
    opens = arrow(pack, None, act)
    return opens.row if opens is not None and act == "report" else pack.wiring.clauses.fixed


def signs_of(pack: Pack, kind: str) -> set[str]:
    return {one.id for one in pack.kinds[kind].signs} if kind in pack.kinds else set()


def _stated(report: Report) -> dict[str, bool | list[str]]:
    """What the decision tables were told beside kind and place, so that the case can be judged again."""
    fixed = {"fixed_on_spot": True} if report.fixed else {}
    signs = list(dict.fromkeys(report.signs))
    return {**fixed, "signs": signs} if signs else {**fixed}


def _kept(photo: Photo, case: Case, report: Report, *, actor: Actor | None, now: datetime) -> Attachment:
    place = None if report.lon is None or report.lat is None else (report.lon, report.lat)
    return attach(
        photo,
        actor=actor,
        subject=case.id,
        region=case.region,
        now=now,
        place=place,
        taken_at=report.found_at,
    )


def _fingerprint(report: Report, *, stranger: bool) -> bytes:
    """A stranger's clock may be wrong, and is then set right anew at each sending: the time tells no two apart."""
    photos = [photo.named for photo in report.photos]
    apart = {"photos", "telling", "signs"} | ({"found_at"} if stranger else set())
    plain = {name: value for name, value in vars(report).items() if name not in apart}
    plain |= {"signs": report.signs} if report.signs else {}
    told = {"telling": report.telling.plain} if report.telling else {}
    return seal(b"request", {**plain, **told, "photos": photos})
