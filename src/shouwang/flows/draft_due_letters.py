"""The house drafts letters whose step of the ladder has come (督办函拟稿): one for each recipient, for a person.

It never sends one. A draft nobody has touched yet takes up what comes due for the same recipient later.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

from django.db import transaction

from shouwang.domains.duties.steps import Raised, raised
from shouwang.domains.hazards.muster_queries import awaited
from shouwang.domains.hazards.queries import OPEN_STATES, of_ids
from shouwang.domains.ledger.acts import before
from shouwang.domains.ledger.alone import Task, alone
from shouwang.domains.ledger.queries import advance, reached
from shouwang.domains.letters.models import Letter
from shouwang.domains.letters.queries import letters_of_steps, spoken_of, standing_draft, subjects_of
from shouwang.domains.letters.services import Step, move_letter, open_letter
from shouwang.policy import Pack
from shouwang.policy.duty_shapes import Duty, Event
from shouwang.policy.letter_shapes import LetterKind

from .climb_ladder import READER as CLIMBED
from .draft_letter import Draft, causes_of, first_step, language_of, letter_of, prefilled
from .letter_causes import MANY, Matter, matters, of_calls
from .letter_told import told_of
from .local_values import pack_of

READER = "letters.drafts"
PAGE = 500
NEWEST = datetime.max.replace(tzinfo=UTC), UUID(int=(1 << 128) - 1)
HOUSE: list[str] = []


def draft_due_letters(county: str, *, now: datetime) -> int:
    """Once a day, after the ladder was climbed; how many drafts were written or added to."""
    pack = pack_of(county, now=now)
    today = now.astimezone(pack.zone).date().toordinal()
    if reached(county, READER) == today or reached(county, CLIMBED) != today:
        return 0
    with transaction.atomic():
        if not alone(Task.WRITE, county):
            return 0
        done = sum(
            drafted(kind, county, found, pack=pack, now=now)
            for kind in pack.letters.values()
            if kind.rungs
            for found in _by_recipient(pack, kind, county)
        )
        advance(county, READER, today, now=now)
    return done


def _by_recipient(pack: Pack, kind: LetterKind, county: str) -> Iterator[list[Matter]]:
    """Hazards and whistles whose step has come and that no letter speaks of, by who has to act on them."""
    duties = [duty.id for duty in pack.duties.values() if _of_hazards(duty) and {*duty.ladder} & {*kind.rungs}]
    waiting = {one.subject: one for one in _waiting(pack, kind, county, duties)}
    steps = {subject: one.id for subject, one in waiting.items()}
    cases = [case for case in of_ids(county, list(steps)) if case.state in OPEN_STATES]
    found = matters(cases, pack=pack, steps=steps)
    found += of_calls(awaited(county, list(steps)), pack=pack, steps=steps)
    since = {one.id: one.due_on for one in waiting.values()}
    spoken = spoken_of(county, kind.id, [one.subject for one in found])
    groups: dict[tuple[str, str, str], list[Matter]] = {}
    for one in found:
        at = spoken.get((one.subject, one.to[0], one.to[2]))
        # One letter for one lateness, however many duties ask for it.
        if one.step and (at is None or at.astimezone(pack.zone).date() < since[one.step]):
            groups.setdefault(one.to, []).append(one)
    yield from groups.values()


def _of_hazards(duty: Duty) -> bool:
    return isinstance(duty.trigger, Event) and duty.trigger.on.startswith("hazard.")


def _waiting(pack: Pack, kind: LetterKind, county: str, duties: list[str]) -> Iterator[Raised]:
    rungs = [rung for rung in kind.rungs if rung != "level_up"]
    before_key = NEWEST
    while rungs and duties:
        rows = raised(
            [county], [county], rungs, duties, zone=str(pack.zone), before=before_key, limit=PAGE
        )
        written = letters_of_steps([county], [row.id for row in rows])
        yield from (row for row in rows if row.id not in written)
        if len(rows) < PAGE:
            return
        before_key = rows[-1].at, rows[-1].id


def drafted(kind: LetterKind, county: str, found: list[Matter], *, pack: Pack, now: datetime) -> int:
    """Each recipient's hazards in one draft, in several only where they are too many for one."""
    pieces = [found[n : n + MANY] for n in range(0, len(found), MANY)]
    for piece in pieces:
        to, language = piece[0].to, language_of(pack, now)
        words = prefilled(pack, kind, region=county, to=to, now=now)
        draft = Draft(kind=kind.id, region=county, to=to, words=words, language=language, matters=piece)
        letter = letter_of(draft, kind, hands=HOUSE, now=now)
        standing = standing_draft(letter)
        if standing is None:
            told = told_of(letter, "draft", pack=pack, by=None, now=now)
            step = replace(first_step(pack, kind, letter, now=now), also=told)
            open_letter(letter, step, causes=causes_of(letter, piece, now=now))
        else:
            _added(standing, piece, kind=kind, pack=pack, now=now)
    return len(pieces)


def _added(letter: Letter, found: list[Matter], *, kind: LetterKind, pack: Pack, now: datetime) -> None:
    """A draft of the house takes up more."""
    known = subjects_of(letter)
    more = [one for one in found if one.subject not in known]
    if not more:
        return
    earlier = before(letter, "version")
    letter.version += 1
    step = Step(
        act="draft", source=letter.state, target=letter.state, at=now, pack=pack.version, clause=kind.row
    )
    move_letter(letter, step, earlier=earlier, causes=causes_of(letter, more, now=now))
