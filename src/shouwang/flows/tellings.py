"""What a reporter tells beyond the hazard itself (反映): how they stand to it, facts of the way in, the answer owed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from uuid import UUID

from django.utils.crypto import salted_hmac
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from shouwang.domains.hazards.models import Case
from shouwang.domains.hazards.reporters import claim_mark, sealed_identity
from shouwang.domains.hazards.telling import keep_telling
from shouwang.domains.hazards.telling_rows import Contribution
from shouwang.domains.ledger.acts import By
from shouwang.domains.ledger.minting import mint, salt
from shouwang.domains.ledger.models import Key
from shouwang.domains.ledger.rows import Enclosed
from shouwang.domains.people.actor import Actor
from shouwang.kernel.codes import claim_code
from shouwang.kernel.decision import Reason
from shouwang.policy import Pack
from shouwang.policy.channel_shapes import Channel, Openness
from shouwang.rules.clocks import deadline, end_of
from shouwang.rules.field_reading import ask, is_blank, read

from .refusal import Unfit, too_long
from .working_days import workdays_of

NAME, PHONE, NUL = 60, 40, "\x00"


@dataclass(frozen=True, kw_only=True)
class Telling:
    """Who told, as far as they said, how they stand to it, and the channel's own facts as they were typed."""

    openness: Openness = "named"
    name: str = ""
    phone: str = ""
    facts: Mapping[str, object] = field(default_factory=dict)

    @property
    def plain(self) -> dict[str, object]:
        """For a fingerprint. Not the name: a digest of it would let anybody try names out."""
        facts = {name: value if isinstance(value, int) else str(value) for name, value in self.facts.items()}
        return {"openness": self.openness, "facts": facts}


@dataclass(frozen=True, kw_only=True)
class Told:
    """A telling as it was read. `own`: whoever has the account is who tells."""

    way: Channel
    openness: Openness = "named"
    identity: Mapping[str, str] = field(default_factory=dict)
    facts: Mapping[str, object] = field(default_factory=dict)
    own: bool = True
    public: bool = False

    @property
    def plain(self) -> bool:
        """Whether the case itself says it all: reported under the own name, without facts of the channel."""
        return self.own and not self.public and self.openness == "named" and not self.facts and not self.way.answer

    @property
    def by_code(self) -> bool:
        """Whether the reporter follows it by a code that nobody else has."""
        return self.public or self.openness != "named" or not self.own

    def seen(self, actor: Actor | None) -> UUID | None:
        """Whom the case and the ledger may name: nobody, where the reporter does not want to be known."""
        return actor.id if actor and not (self.own and self.openness != "named") else None


def read_telling(
    pack: Pack, channel: str, telling: Telling | None, actor: Actor | None, *, now: datetime
) -> Told:
    """The telling by the shape of its channel. Raises Unfit."""
    way, given = pack.channels[channel], telling or Telling()
    facts, faults = _facts(pack, way, given.facts, today=now.astimezone(pack.zone).date())
    faults |= _identity_faults(way, given)
    if faults:
        raise Unfit(faults)
    named = given.openness != "anonymous"
    own = actor is not None and not given.name and _is_own(way)
    identity = {"name": given.name, "phone": given.phone} if named else {}
    if own and actor is not None and given.openness == "confidential":
        identity |= {"name": actor.name, "account": str(actor.id)}
    return Told(
        way=way, openness=given.openness, identity=identity, facts=facts, own=own, public=actor is None
    )


def _is_own(way: Channel) -> bool:
    """An office writes down what others say; by the other ways people tell what they saw themselves."""
    return way.public or way.openness == ("named",)


def _facts(
    pack: Pack, way: Channel, raw: Mapping[str, object], *, today: date
) -> tuple[dict[str, object], dict[str, str]]:
    facts: dict[str, object] = {}
    faults: dict[str, str] = {}
    for name, told in way.fields.items():
        asked = ask(pack, told, f"{way.id}.{name}")
        typed = raw.get(name)
        if is_blank(typed):
            if told.required:
                faults[name] = _say(pack, asked.fault("missing"))
            continue
        found = read(asked, typed)
        if isinstance(found, Reason):
            faults[name] = _say(pack, found)
        else:
            facts[name] = found
    faults |= {name: _("There is no such field.") for name in raw if name not in way.fields}
    if "received_on" in facts and str(facts["received_on"]) > today.isoformat():
        faults["received_on"] = _("This time has not come yet.")
    return facts, faults


def _identity_faults(way: Channel, given: Telling) -> dict[str, str]:
    faults = {}
    if given.openness not in way.openness:
        faults["openness"] = _("Whoever tells by this way gives the name.")
    for name, value, most in (("name", given.name, NAME), ("phone", given.phone, PHONE)):
        if fault := too_long(value, most):
            faults[name] = fault
    return faults


def _say(pack: Pack, reason: Reason) -> str:
    return pack.explain(reason, get_language() or "zh")


def claim_of(key: str, county: str) -> str:
    """The reporter's own code. It follows from the key of the report, so that sending it again gives the same one."""
    return claim_code(county, salted_hmac("hazards.claim", key, algorithm="sha256").digest())


def answer_due(pack: Pack, told: Told, *, region: str, received: datetime) -> datetime | None:
    """By when the answer is owed, where that is known when the report comes in; None while nobody set the clock."""
    owed = told.way.answer
    if owed is None or owed.anchor != "received":
        return None
    if owed.field and (day := told.facts.get(owed.field)):
        return end_of(pack, date.fromisoformat(str(day)))
    found = deadline(pack, workdays_of(region), owed.parameter, received)
    return found.verdict.at if found.verdict else None


def owed_at_the_end(pack: Pack, channel: str) -> bool:
    """Whether those who tell by a way are owed the answer once the case ends."""
    way = pack.channels.get(channel)
    return way is not None and way.answer is not None and way.answer.anchor == "ended"


def due_after_ending(pack: Pack, channel: str, *, region: str, ended: datetime) -> datetime | None:
    """By when whoever told by a way is owed the answer to a case that ended; None while nobody set the time."""
    owed = pack.channels[channel].answer
    found = deadline(pack, workdays_of(region), owed.parameter, ended).verdict if owed else None
    return found.at if found is not None else None


def keep_told(
    told: Told,
    case: Case,
    *,
    claim: str,
    note: str,
    actor: Actor | None,
    post: str,
    pack: Pack,
    now: datetime,
    joins: bool = False,
    files: tuple[Enclosed, ...] = (),
    key: Key | None = None,
) -> Contribution:
    """Keep a telling beside its case. Raises IntegrityError for an order that is here already."""
    id_, who = mint(now), told.seen(actor)
    received = _received(pack, told, now)
    row = Contribution(
        id=id_,
        county=case.county,
        region=case.region,
        salt=salt(),
        case=case,
        channel=told.way.id,
        openness=told.openness,
        person=who if told.own else None,
        entered_by=None if told.own else who,
        identity=sealed_identity(id_, told.identity),
        claim=claim_mark(claim) if claim else "",
        outside=str(told.facts.get(told.way.outside, "")) if told.way.outside else "",
        facts=dict(told.facts),
        note=note if joins or told.way.outside else "",
        at=received,
        answer_due_at=answer_due(pack, told, region=case.region, received=received),
    )
    by = By(actor=who, post=post if who else "", at=now, pack=pack.version, clause=told.way.row)
    keep_telling(row, case, by, joins=joins, files=files, also=[key] if key else [])
    return row


def _received(pack: Pack, told: Told, now: datetime) -> datetime:
    """When it came: on the day the sender handed it over, where that is told."""
    day = told.facts.get("received_on")
    if not day:
        return now
    found = datetime.combine(date.fromisoformat(str(day)), time(12), pack.zone).astimezone(UTC)
    return min(found, now)
