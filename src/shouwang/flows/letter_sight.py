"""Which letters a person may see, and for which bodies they write (函件范围)."""

from uuid import UUID

from shouwang.domains.letters.models import Letter
from shouwang.domains.letters.queries import one
from shouwang.domains.letters.scopes import SEE, Sight, addressed_post, issuing_post
from shouwang.domains.people.actor import Actor
from shouwang.kernel.codes import Level, level_of
from shouwang.policy import Pack
from shouwang.policy.letter_shapes import LetterKind, Side

from .refusal import NotSeen
from .sight import areas_for, spelt_out
from .sight import pack as current_pack

ISSUING = {"prefecture": Level.PREFECTURE, "county": Level.COUNTY}


def letter_sight(actor: Actor) -> Sight:
    return Sight(areas=tuple(spelt_out(areas_for(actor, SEE))), viewer=actor)


def see_letter(actor: Actor, letter_id: UUID) -> Letter:
    """Raises NotSeen."""
    found = one(letter_sight(actor), letter_id)
    if found is None:
        raise NotSeen(str(letter_id))
    return found


def side_post(actor: Actor, pack: Pack, letter: Letter, side: Side) -> str:
    """The post by which a person takes a step of one side of a letter; '' when it is not theirs."""
    if side == "receives":
        return addressed_post(actor, department=letter.to_department, post=letter.to_post, body=letter.to_body)
    return issuing_post(actor, pack.letters[letter.kind].side_posts[side], letter.region)


def written_here(actor: Actor, region: str = "") -> list[tuple[LetterKind, str]]:
    """(kind, issuing body) of every letter a person may draft, for one body or for any."""
    pack = current_pack()
    bodies = [region] if region else sorted({area for post in actor.posts for area in post.territory})
    return [
        (kind, body)
        for kind in pack.letters.values()
        for body in bodies
        if level_of(body) in [ISSUING[level] for level in kind.levels if level in ISSUING]
        and issuing_post(actor, kind.drafts, body)
    ]
