"""The prefecture is peopled: grids brought in, accounts enrolled, posts taken up."""

from dataclasses import dataclass, field
from datetime import datetime
from random import Random

from django.contrib.auth.hashers import make_password
from django.utils import timezone

from shouwang.domains.areas.services import Importer, import_areas
from shouwang.domains.people.actor import Actor, HeldPost
from shouwang.domains.people.demo import DEMO_PASSWORD
from shouwang.domains.people.services import By, appoint, enrol_person
from shouwang.policy import Pack
from shouwang.policy.areas import read

from .organisation import Member, members
from .places import PREFECTURE, grid_table


@dataclass
class Town:
    """The people of the simulation as actors, found by post and area."""

    everybody: dict[str, Actor] = field(default_factory=dict)

    def of(self, kind: str, region: str) -> list[Actor]:
        """Those who hold a post of `kind` at home in `region`."""
        return [
            a for a in self.everybody.values() if any(p.kind == kind and p.region == region for p in a.posts)
        ]


def settle(pack: Pack, dice: Random, *, at: datetime) -> Town:
    """Bring in grids and people once; each appointment is an act with its line."""
    importer = Importer(actor=None, post="system_admin", pack=pack.version, areas=(PREFECTURE,))
    brought = import_areas(read(grid_table(pack.name)), by=importer, at=at)
    assert not brought.refusals, brought.refusals[:3]
    by = By(actor=None, post="system_admin", pack=pack.version)
    town, hashed = Town(), make_password(DEMO_PASSWORD)
    for member in members(pack.name, dice):
        town.everybody[member.login] = _enrol(member, hashed=hashed, by=by, at=at)
    return town


def _enrol(member: Member, *, hashed: str, by: By, at: datetime) -> Actor:
    person = enrol_person(
        login=member.login,
        name=member.name,
        region=member.region,
        hashed=hashed if member.demo else "",
        language=member.language,
        demo=member.demo,
        by=by,
        at=at,
    )
    post = appoint(
        person,
        kind=member.kind,
        department=member.department,
        region=member.region,
        territory=member.territory,
        since=timezone.localdate(at),
        by=by,
        at=at,
    )
    held = HeldPost(
        id=post.id,
        kind=post.kind,
        department=post.department,
        region=post.region,
        territory=tuple(post.territory),
    )
    return Actor(
        id=person.id, county=person.county, name=person.name, posts=(held,), language=person.language
    )
