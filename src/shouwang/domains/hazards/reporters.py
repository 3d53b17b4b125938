"""Who told of a hazard (报告人): sealed where it is kept, read behind a reason; found by the code only they have."""

from collections.abc import Mapping, Sequence
from uuid import UUID

import msgspec
from django.db.models import F, Q

from shouwang.domains.areas.pieces import below, seen
from shouwang.domains.people.crypto import Unreadable, decrypt, encrypt
from shouwang.domains.people.resealing import SealedColumn, Touch
from shouwang.kernel.digest import keyed

from .models import Case
from .telling_rows import Contribution, Merger

CLAIM = b"shouwang claim"


def sealed_identity(told: UUID, said: Mapping[str, str]) -> bytes:
    """Name, telephone, account as they are kept; nothing where nothing was said."""
    kept = {name: value for name, value in said.items() if value}
    return encrypt(msgspec.json.encode(kept), bound_to=_bound(told)) if kept else b""


def identity_of(told: Contribution) -> dict[str, str]:
    """In clear; empty where nothing was said or its key is gone."""
    if not told.identity:
        return {}
    try:
        found: dict[str, str] = msgspec.json.decode(decrypt(bytes(told.identity), bound_to=_bound(told.id)))
    except Unreadable:
        return {}
    return found


def claim_mark(code: str) -> str:
    """What is kept of a claim code: enough to know it again, not to tell it."""
    return keyed(CLAIM, code.encode()).hex()


def by_claim(code: str) -> Contribution | None:
    """What was told under a claim code; the code names the county."""
    rows = Contribution.objects.filter(county__endswith=code[:4], claim=claim_mark(code)).select_related("case")
    return rows.first()


def by_outside(counties: Sequence[str], channel: str, outside: str) -> Contribution | None:
    rows = Contribution.objects.filter(county__in=list(counties), channel=channel, outside=outside)
    return rows.select_related("case").first()


def tellings_of(case: Case) -> list[Contribution]:
    """Everything told of a case and of those merged into it, the earliest first."""
    cases = [case.id, *(one.case_id for one in mergers_into(case))]
    return list(Contribution.objects.filter(county=case.county, case__in=cases).order_by("at", "id"))


def told_by(viewer: UUID, counties: Sequence[str], *, limit: int) -> list[Contribution]:
    """What a person told of cases that somebody else had reported first."""
    rows = Contribution.objects.filter(county__in=list(counties), person=viewer).exclude(case__reporter=viewer)
    return list(rows.select_related("case").order_by("-at", "-id")[:limit])


def mergers_into(case: Case) -> list[Merger]:
    """The younger cases that are part of this one now."""
    rows = Merger.objects.filter(county=case.county, elder=case.id, case__state="merged")
    newest: dict[UUID, Merger] = {}
    for row in rows.select_related("case").order_by("at", "id"):
        newest[row.case_id] = row
    return [one for one in newest.values() if elder_of(one.case) == case.id]


def elder_of(case: Case) -> UUID | None:
    """The case that a merged one is part of."""
    if case.state != "merged":
        return None
    rows = Merger.objects.filter(county=case.county, case=case).order_by("-at", "-id")
    return rows.values_list("elder", flat=True).first()


def elder_case(case: Case) -> Case | None:
    elder = elder_of(case)
    return Case.objects.get(county=case.county, id=elder) if elder else None


def standing_for(case: Case) -> Case:
    """The case that now stands for this one: itself, or the elder it ended in, however many steps up."""
    while (elder := elder_case(case)) is not None:
        case = elder
    return case


def unanswered(
    counties: Sequence[str], channel: str, *, within: Sequence[str], limit: int
) -> list[Contribution]:
    """What came by a way in within some areas and nobody has answered yet, what is due first before the rest."""
    here = seen([below("hazards_contribution.region", area) for area in within])
    rows = Contribution.objects.filter(here, county__in=list(counties), channel=channel, answered_at=None)
    return list(rows.select_related("case").order_by(F("answer_due_at").asc(nulls_last=True), "id")[:limit])


def tellings_named(county: str, channel: str, ids: Sequence[UUID]) -> list[Contribution]:
    """Those of some ids that came by a way in, in the order in which they were told."""
    rows = Contribution.objects.filter(county=county, channel=channel, id__in=set(ids))
    return list(rows.select_related("case").order_by("at", "id"))


def _bound(told: UUID) -> bytes:
    return f"hazards.{told}.identity".encode()


def _anew(told: Contribution, touch: Touch) -> bytes:
    return touch(bytes(told.identity), _bound(told.id))


COLUMNS = (SealedColumn(model=Contribution, name="identity", holds=~Q(identity=b""), touched=_anew),)
