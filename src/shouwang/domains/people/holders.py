"""Who holds which post on a day, for everybody at once: whom a step is told, to whom a task can be passed."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from shouwang.domains.areas.lineage import lineage
from shouwang.domains.areas.scopes import under
from shouwang.kernel.lineage import Lineage

from .actor import Actor, HeldPost
from .models import Person, Post
from .queries import held_on


@dataclass(frozen=True, kw_only=True)
class Holder:
    """A person in a post, as lists show them."""

    person: UUID
    county: str
    name: str
    post: HeldPost

    @property
    def key(self) -> str:
        """How a form names the person: 'county.id'."""
        return f"{self.county}.{self.person}"

    # What rules ask of a post that is held.
    @property
    def kind(self) -> str:
        return self.post.kind

    @property
    def department(self) -> str:
        return self.post.department

    @property
    def region(self) -> str:
        return self.post.region

    @property
    def territory(self) -> tuple[str, ...]:
        return self.post.territory


def holders(counties: Collection[str], *, kinds: Collection[str], on: date) -> list[Holder]:
    """Everybody in a post of some kinds on a day, in one statement."""
    rows = Post.objects.filter(held_on(on), county__in=counties, kind__in=kinds, person__active=True)
    return _holders(rows.order_by("region", "person__name", "id"), on)


def holders_within(area: str, *, on: date, text: str = "", limit: int = 50) -> list[Holder]:
    """People whose post lies in an area, by level and name; `text` is a part of the name."""
    rows = Post.objects.filter(held_on(on), under([area]), person__active=True)
    if text.strip():
        rows = rows.filter(person__name__icontains=text.strip())
    return _holders(rows.order_by("region", "person__name", "id")[:limit], on)


def actor_of(county: str, id: UUID, *, on: date) -> Actor | None:  # noqa: A002
    """A person with the posts held on a day, without a session: for what is sent or fetched in their name."""
    found = Person.objects.filter(county=county, id=id, active=True).first()
    if found is None:
        return None
    rows, known = _standing(Post.objects.filter(held_on(on), county=county, person=found), on), lineage(on)
    held = tuple(_post(row, known) for row in rows)
    return Actor(
        id=found.id, county=county, name=found.name, posts=held, language=found.language, lineage=known
    )


def _holders(rows: Any, on: date) -> list[Holder]:
    found, known = _standing(rows.select_related("person"), on), lineage(on)
    return [
        Holder(person=row.person_id, county=row.county, name=row.person.name, post=_post(row, known))
        for row in found
    ]


def _standing(rows: Iterable[Post], on: date) -> list[Post]:
    """Without deputies whose principal holds the post no more; asks again only where there is a deputy."""
    found = list(rows)
    principals = {row.deputy_of for row in found if row.deputy_of}
    if not principals:
        return found
    counties = {row.county for row in found}
    still = Post.objects.filter(held_on(on), county__in=counties, id__in=principals)
    held = {None, *still.values_list("id", flat=True)}
    return [row for row in found if row.deputy_of in held]


def _post(row: Post, known: Lineage) -> HeldPost:
    return HeldPost(
        id=row.id,
        kind=row.kind,
        department=row.department,
        region=row.region,
        territory=known.followed(row.territory),
    )
