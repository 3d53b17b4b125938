"""Which standings somebody sees as tasks: by territory, by department, as one's own, as passed on to one."""

from collections.abc import Iterable
from datetime import datetime

from shouwang.domains.duties.delegations import given_to
from shouwang.domains.duties.models import Delegation
from shouwang.domains.duties.scopes import SEE, Given, Own, Sight
from shouwang.domains.people.actor import Actor
from shouwang.kernel.codes import county_of
from shouwang.policy import Pack
from shouwang.rules.scope import Share, reach
from shouwang.rules.tasks import own_part

from .sight import pack as current_pack
from .sight import spelt_out


def task_sight(actor: Actor) -> Sight:
    """Everything a person may see of standings; empty for who holds no post and was given nothing."""
    pack = current_pack()
    found = reach(pack, actor.posts, SEE).verdict
    return Sight(
        areas=tuple(spelt_out(found.areas)),
        shares=tuple(one for share in found.shares for one in _of_department(pack, share)),
        own=tuple(_own(pack, actor)),
        given=tuple(_given(one) for one in given_to(actor.id, counties_of(actor))),
    )


def looks_around(actor: Actor) -> bool:
    """Whether a person sees more than their own tasks."""
    found = reach(current_pack(), actor.posts, SEE).verdict
    return bool(found.areas or found.shares)


def counties_of(actor: Actor) -> list[str]:
    """Where something may wait for a person: the counties of their posts, and the offices above these."""
    areas = [area for post in actor.posts for area in post.territory]
    counties = {county_of(one) for one in (actor.county, *spelt_out(areas))}
    return sorted({*counties, *(f"{county[:4]}00" for county in counties)})


def given_onward(one: Delegation, due_at: datetime | None) -> bool:
    """Whether a delegation of this and the following periods reaches one that is due then."""
    return one.onward and one.since is not None and due_at is not None and due_at >= one.since


def _own(pack: Pack, actor: Actor) -> Iterable[Own]:
    for area, duties, exact in own_part(pack, actor.posts):
        for place in [area] if exact else spelt_out([area]):
            yield Own(place, duties, exact)


def _of_department(pack: Pack, share: Share) -> Iterable[Own]:
    """What a department owes, within the areas of its officers."""
    duties = tuple(one.id for one in pack.duties.values() if one.bearer.department == share.department)
    if duties:
        yield from (Own(area, duties, exact=False) for area in spelt_out(share.areas))


def _given(one: Delegation) -> Given:
    if one.onward:
        return Given(one.region, one.duty, None, one.since)
    return Given(one.region, one.duty, one.subject)
