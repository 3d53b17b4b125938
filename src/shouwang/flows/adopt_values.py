"""An office adopts values under one document (参数采纳单): checked first, with what will change, then kept."""

from dataclasses import dataclass
from datetime import datetime, time
from uuid import UUID

from django.db import IntegrityError

from shouwang.domains.adoptions.models import Adoption
from shouwang.domains.adoptions.queries import Given, same
from shouwang.domains.adoptions.scopes import ADOPT, may_adopt
from shouwang.domains.adoptions.services import By, adopt
from shouwang.domains.duties.undetermined import undetermined
from shouwang.domains.files.models import Attachment
from shouwang.domains.files.services import attachment
from shouwang.domains.ledger.minting import mint, salt
from shouwang.domains.people.actor import Actor, HeldPost
from shouwang.kernel.codes import county_of
from shouwang.kernel.decision import Decision, Reason
from shouwang.policy import Value
from shouwang.rules.leaning import Undetermined, judged_with
from shouwang.rules.scope import reach

from .adoption_sheet import Sheet, Terms, terms
from .local_values import forget, pack_of, pack_with
from .refusal import Refused
from .sight import areas_for, counties_within
from .sight import pack as current_pack
from .table_sheet import first_day


@dataclass(frozen=True, kw_only=True)
class Change:
    """A parameter, what stands for the office's area until then, and what it gives."""

    parameter: str
    earlier: Value
    value: int | str

    @property
    def is_new(self) -> bool:
        return self.earlier.value != self.value


@dataclass(frozen=True, kw_only=True)
class Checked:
    """What a sheet would change. `judged` verdicts, now undetermined, could be given; `replayed` is the sheet
    that was kept with the same contents before."""

    terms: Terms
    changes: tuple[Change, ...]
    judged: int
    replayed: UUID | None = None

    def of(self, provenance: str) -> int:
        """How many of the values stand where there was one of this provenance."""
        return sum(change.earlier.provenance == provenance for change in self.changes)


@dataclass(frozen=True, kw_only=True)
class Done:
    """The sheet, and whether it had been kept before: handed in twice, it is adopted once."""

    id: UUID
    region: str
    replayed: bool


def check_sheet(actor: Actor, sheet: Sheet, *, now: datetime) -> Checked:
    """What would change, nothing written. Raises Refused, Unfit."""
    office(actor, sheet.region)
    read = terms(sheet, current_pack(), now=now)
    before = pack_of(sheet.region, now=now)
    changes = tuple(
        Change(parameter=name, earlier=before.value(name, on=read.since), value=value)
        for name, value in read.values.items()
    )
    kept = same(sheet.region, read.fingerprint)
    return Checked(terms=read, changes=changes, judged=_judged(read, now=now), replayed=kept and kept.id)


def adopt_values(actor: Actor, sheet: Sheet, *, now: datetime) -> Done:
    """Adopt what stands on the sheet. Raises Refused, Unfit."""
    post = office(actor, sheet.region)
    read = terms(sheet, current_pack(), now=now)
    kept = same(read.region, read.fingerprint)
    if kept is None:
        row = _row(actor, post, read, now=now)
        try:
            _keep(actor, post, read, row, paper=sheet.paper, now=now)
        except IntegrityError:
            kept = same(read.region, read.fingerprint)
            if kept is None:
                raise
        else:
            return Done(id=row.id, region=row.region, replayed=False)
    return Done(id=kept.id, region=kept.region, replayed=True)


def office(actor: Actor, region: str) -> HeldPost:
    """The post by which a person decides for this very area. Raises Refused."""
    pack = current_pack()
    for post in actor.posts:
        if may_adopt(reach(pack, (post,), ADOPT).verdict.areas, region):
            return post
    held = bool(areas_for(actor, ADOPT))
    code = "outside_territory" if held else "not_held"
    raise Refused(Decision(False, (Reason(code, {"action": ADOPT}),), (pack.actions[ADOPT],)))


def _row(actor: Actor, post: HeldPost, read: Terms, *, now: datetime) -> Adoption:
    return Adoption(
        id=mint(now),
        county=county_of(read.region),
        region=read.region,
        salt=salt(),
        number=read.number,
        signed_on=read.signed_on,
        signer=read.signer,
        effective_from=read.effective_from,
        fingerprint=read.fingerprint,
        entered_by=actor.id,
        post=post.kind,
        at=now,
    )


def _keep(actor: Actor, post: HeldPost, read: Terms, row: Adoption, *, paper: str, now: datetime) -> None:
    pack = pack_of(read.region, now=now)
    adopt(
        row,
        read.kept,
        tables={name: (text, first_day(pack, name, read.since)) for name, text in read.tables.items()},
        since=read.since,
        decided_at=datetime.combine(read.signed_on, time(12), pack.zone),
        by=By(actor=actor.id, post=post.kind, pack=pack.version, clause=pack.actions[ADOPT]),
        papers=_papers(row, paper, now),
    )
    forget()


def _papers(row: Adoption, paper: str, now: datetime) -> list[Attachment]:
    if not paper:
        return []
    return [attachment(paper, subject=row.id, region=row.region, purpose="paper", at=now)]


def _judged(read: Terms, *, now: datetime) -> int:
    """Over all counties the sheet reaches: a county's own value stands over its prefecture's."""
    more = [
        Given(
            read.region, name, value, read.since, read.number, read.signer, read.signed_on, None, UUID(int=0)
        )
        for name, value in read.kept.items()
    ]
    counties = counties_within((read.region,))
    groups: dict[str, list[Undetermined]] = {}
    for county, *told in undetermined(counties):
        groups.setdefault(county, []).append(Undetermined(*told))
    return sum(
        judged_with(
            pack_of(county, now=now), pack_with(county, more, now=now), groups[county], since=read.since
        )
        for county in groups
    )
