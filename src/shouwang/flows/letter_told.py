"""Who is told of what happens to a letter (函件通知): those whose step comes next, never the one who has just acted."""

from datetime import datetime
from uuid import UUID

from shouwang.domains.duties.acting import About, notice
from shouwang.domains.duties.models import Notice
from shouwang.domains.ledger.minting import mint
from shouwang.domains.letters.models import Letter
from shouwang.domains.letters.scopes import addressed_post
from shouwang.domains.people.holders import Holder, holders
from shouwang.kernel.codes import county_of, covers
from shouwang.policy import Pack
from shouwang.policy.letter_shapes import Side

# Whose step comes next after each act.
NEXT: dict[str, Side] = {
    "draft": "approves",
    "approve": "issues",
    "send_back": "drafts",
    "reopen": "drafts",
    "issue": "receives",
    "answer": "issues",
    "decide": "issues",
    "return": "receives",
    "accept": "receives",
}
SORT = "letter_"


def told_of(letter: Letter, act: str, *, pack: Pack, by: UUID | None, now: datetime) -> tuple[Notice, ...]:
    side = NEXT.get(act)
    if side is None:
        return ()
    about, event = About(region=letter.region, subject=letter.id), mint(now)
    found = sorted({one.person for one in _people(letter, side, pack, now)} - {by})
    return tuple(notice(f"{SORT}{act}", event=event, recipient=who, about=about, at=now) for who in found)


def reminded(letter: Letter, rung: str, *, pack: Pack, now: datetime) -> tuple[Notice, ...]:
    """Who has to answer a letter hears of each step that is taken because the answer is not there."""
    about, event = About(region=letter.region, subject=letter.id), mint(now)
    found = sorted({one.person for one in _people(letter, "receives", pack, now)})
    return tuple(notice(f"{SORT}{rung}", event=event, recipient=who, about=about, at=now) for who in found)


def _people(letter: Letter, side: Side, pack: Pack, now: datetime) -> list[Holder]:
    kinds = list(pack.posts) if side == "receives" else list(pack.letters[letter.kind].side_posts[side])
    counties = {county_of(letter.to_body if side == "receives" else letter.region)}
    found = holders(sorted(counties), kinds=kinds, on=now.astimezone(pack.zone).date())
    if side == "receives":
        return [one for one in found if _is_addressed(one, letter)]
    return [one for one in found if any(covers(area, letter.region) for area in one.territory)]


def _is_addressed(holder: Holder, letter: Letter) -> bool:
    serving = _Serving(holder)
    return bool(
        addressed_post(serving, department=letter.to_department, post=letter.to_post, body=letter.to_body)
    )


class _Serving:
    """A holder as a scope looks at people."""

    def __init__(self, holder: Holder) -> None:
        self.posts = (holder.post,)
