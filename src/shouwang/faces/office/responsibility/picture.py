"""The picture of the organisation (组织图): each body with who holds its posts and what it lacks, level by level."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from shouwang.domains.areas.branches import Branch
from shouwang.domains.areas.queries import Place
from shouwang.domains.duties.completeness import GAPS, Stood
from shouwang.domains.people.in_post import InPost
from shouwang.faces.templatetags.words import say
from shouwang.policy import Pack
from shouwang.policy.duty_shapes import Duty

APPOINTED = "people.appointed"


@dataclass(frozen=True, kw_only=True)
class Lack:
    """A gap as it is told: the duty, its state, why, and where it is closed."""

    duty: Duty
    label: str
    state: str
    reasons: Sequence[Mapping[str, object]]
    remedy: object


@dataclass(frozen=True, kw_only=True)
class Body:
    """A body of the picture. `known` is false where the reader sees the place but not its people."""

    place: Place
    known: bool
    holders: Sequence[InPost]
    lacks: Sequence[Lack]
    there: int
    owed: int
    below: Sequence["Body"] = ()
    after: str = ""
    opened: bool = False


@dataclass(frozen=True, kw_only=True)
class Known:
    """What was read for the picture, all at once."""

    pack: Pack
    branches: Mapping[str, Branch]
    holders: Mapping[str, Sequence[InPost]]
    stood: Mapping[str, Sequence[Stood]]
    remedy: Callable[[Duty, str], object]


def body(known: Known, place: Place) -> Body:
    """A body and all that is opened below it."""
    branch = known.branches.get(place.code)
    stood = known.stood.get(place.code, ())
    lacks = [_lack(known, one) for one in stood if one.state in GAPS]
    return Body(
        place=place,
        known=place.code in known.holders,
        holders=ranked(known.pack, known.holders.get(place.code, ())),
        lacks=lacks,
        there=len(stood) - len(lacks),
        owed=len(stood),
        below=[body(known, child) for child in branch.below] if branch else (),
        after=branch.after if branch else "",
        opened=branch is not None,
    )


def ranked(pack: Pack, holders: Iterable[InPost]) -> list[InPost]:
    """Those the plan asks for first, in its order, then the others in the order of the pack."""
    order = {kind: place for place, kind in enumerate(dict.fromkeys([*_named(pack), *pack.posts]))}
    return sorted(holders, key=lambda one: (order.get(one.kind, len(order)), one.since, one.name))


def _named(pack: Pack) -> list[str]:
    """Posts that some duty asks to be filled, in the order of the plan."""
    asking = (duty for duty in pack.duties.values() if duty.evidence.kind == APPOINTED)
    wanted = [duty.evidence.where.get("post", ()) for duty in sorted(asking, key=lambda duty: duty.row)]
    return [str(kind) for one in wanted for kind in (one if isinstance(one, tuple) else (one,))]


def _lack(known: Known, one: Stood) -> Lack:
    duty = known.pack.duties[one.duty]
    return Lack(
        duty=duty,
        label=say(duty.label),
        state=one.state,
        reasons=one.reasons,
        remedy=known.remedy(duty, one.region),
    )
