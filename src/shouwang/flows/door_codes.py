"""门码: codes for doors are made and printed; whoever stands at the door looks for themselves, without an account."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from shouwang.domains.hazards.queries import of_ids
from shouwang.domains.households.doors import behind, codes_of, make_code, revoke_codes
from shouwang.domains.households.models import Home
from shouwang.domains.households.queries import homes, one
from shouwang.domains.ledger.acts import By
from shouwang.domains.ledger.minting import mint, salt
from shouwang.domains.ledger.write import Stale
from shouwang.domains.patrols import services
from shouwang.domains.patrols.models import SelfCheck
from shouwang.domains.patrols.queries import cases_of_home, selfchecks_of
from shouwang.domains.people.actor import Actor
from shouwang.kernel.digest import seal
from shouwang.policy import Pack
from shouwang.policy.checklist_shapes import Checklist

from .act_once import done_once
from .households_sight import KEEPING, by_of, home_sight
from .looking import looked
from .refusal import NotSeen, TooOften
from .sight import pack_for

SHEET = 30
# In the evening another thing may be found than in the morning; more often nobody looks.
A_DAY, DAY = 6, timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Door:
    """What the page behind a code shows: which list to look by, and what was found there and is still open."""

    home: Home
    list: Checklist
    cases: Sequence[Any]
    pack: Pack


def sheet_of_codes(
    actor: Actor, *, after: tuple[str, str] | None, now: datetime
) -> tuple[Sequence[tuple[Home, str]], tuple[str, str] | None]:
    """Homes with their codes, those without one given one; and where the next sheet begins. Raises Refused."""
    page = homes(home_sight(actor, KEEPING), limit=SHEET, after=after)
    known = codes_of(page.rows)
    found = []
    for home in page.rows:
        code = known[home.id][1] if home.id in known else _made(actor, home, now=now)
        found.append((home, code))
    return found, page.after


def renew_code(actor: Actor, home_id: UUID, *, now: datetime) -> str:
    """No code of before opens anything any more. Raises NotSeen, Refused, Stale."""
    home = one(home_sight(actor), home_id)
    if home is None:
        raise NotSeen(str(home_id))
    by = by_of(actor, KEEPING, home.region, pack=pack_for(home.region, now=now), now=now)
    return _renewed(home, by=by)


def open_door(code: str, *, now: datetime) -> Door:
    """Raises NotSeen."""
    home = behind(code)
    if home is None:
        raise NotSeen(code[:4])
    pack = pack_for(home.region, now=now)
    told = next(one for one in pack.checklists.values() if one.door)
    cases = of_ids(home.county, cases_of_home(home.county, home.id))
    return Door(home=home, list=told, cases=cases, pack=pack)


def look_oneself(
    door: Door, answers: Mapping[str, str], *, key: str, helped: bool | None, now: datetime
) -> Sequence[str]:
    """Keep a look behind one's own door; returns the points that are not well. Raises Unfit, TooOften, KeyReused."""
    home, found = door.home, mint(now)
    given, bad = looked(door.list, answers, key=key)
    check = SelfCheck(
        id=found, county=home.county, region=home.region, salt=salt(), home=home.id, checklist=door.list.id,
        version=door.list.version, answers=given, helped=helped, at=now,
    )  # fmt: skip
    by = By(actor=None, post="", at=now, pack=door.pack.version, clause=door.list.row)

    def keep() -> None:
        if sum(now - one.at < DAY for one in selfchecks_of(home.county, home.id)) >= A_DAY:
            raise TooOften
        services.keep_selfcheck(check, by=by)

    said = seal(b"selfcheck", {"home": str(home.id), "helped": helped, **given})
    done_once(None, key, said, keep, on=found, region=home.region, now=now)
    return bad


def _made(actor: Actor, home: Home, *, now: datetime) -> str:
    """Where two sheets are printed at once, both carry the code that was first."""
    by = by_of(actor, KEEPING, home.region, pack=pack_for(home.region, now=now), now=now)
    try:
        with transaction.atomic():
            return make_code(home, by=by)
    except IntegrityError:
        holds = codes_of([home]).get(home.id)
        return holds[1] if holds else _renewed(home, by=by)


def _renewed(home: Home, *, by: By) -> str:
    try:
        with transaction.atomic():
            revoke_codes(home, by=by)
            return make_code(home, by=by)
    except IntegrityError:
        raise Stale(str(home.id)) from None
