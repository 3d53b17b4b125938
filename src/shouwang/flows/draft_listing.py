"""A major hazard is put to the government (挂牌请示): the house drafts the request, a person approves and sends it.

One draft takes up every major hazard nobody has written about yet; one that was withdrawn is not drafted again.
"""

from dataclasses import replace
from datetime import datetime

from django.db import transaction

from shouwang.domains.hazards.queries import open_of_grade
from shouwang.domains.ledger.alone import Task, alone
from shouwang.domains.letters.queries import written_about
from shouwang.kernel.codes import Level, level_of
from shouwang.policy import Pack
from shouwang.policy.letter_shapes import LetterKind

from .draft_due_letters import drafted
from .letter_causes import matters
from .local_values import pack_of

MAJOR = "major"


def draft_listing(county: str, *, now: datetime) -> int:
    """How many drafts were written or added to."""
    pack = pack_of(county, now=now)
    kinds = [kind for kind in pack.letters.values() if kind.needs == MAJOR and kind.to and "county" in kind.levels]
    if not kinds or level_of(county) is not Level.COUNTY:
        return 0
    with transaction.atomic():
        if not alone(Task.WRITE, county):
            return 0
        return sum(_requested(kind, county, pack=pack, now=now) for kind in kinds)


def _requested(kind: LetterKind, county: str, *, pack: Pack, now: datetime) -> int:
    cases = open_of_grade(county, MAJOR)
    known = written_about(county, kind.id, [case.id for case in cases]) if cases else set()
    found = matters([case for case in cases if case.id not in known], pack=pack)
    to = ("", kind.to, county)
    return drafted(kind, county, [replace(one, to=to) for one in found], pack=pack, now=now)
