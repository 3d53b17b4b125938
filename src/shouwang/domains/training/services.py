"""Acts of training: a lesson passed is one transaction and one ledger line, with its evidence."""

from datetime import datetime
from uuid import UUID

from shouwang.domains.ledger.acts import Act, keep
from shouwang.domains.ledger.minting import mint, salt
from shouwang.kernel.codes import county_of

from .events import announced
from .models import Passing


def pass_lesson(
    lesson: str, *, person: UUID, post: str, region: str, year: int, clause: str, pack: str, at: datetime
) -> Passing:
    """Keep that a person passed a lesson. Raises IntegrityError when they did so this year already."""
    passing = Passing(
        id=mint(at), county=county_of(region), region=region, salt=salt(), person=person, lesson=lesson,
        post=post, year=year, passed_at=at,
    )  # fmt: skip
    act = Act(
        room="training", name="pass", region=region, at=at, pack=pack, actor=person, post=post, clause=clause
    )
    keep(act, subject=passing, enclosed=[announced(passing)])
    return passing
