"""Groups as lists, always within a reach; their members, calls and who answered."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from shouwang.domains.areas.pieces import seen
from shouwang.kernel.codes import is_region

from .models import Answer, Attendance, Call, Group, Member
from .scopes import Sight

Key = tuple[str, UUID]
FEW = 10


@dataclass(frozen=True, kw_only=True)
class Page:
    """One page of groups by area; `after` is the key of its last row, None on the last page."""

    rows: list[Group]
    after: Key | None


def in_sight(sight: Sight) -> QuerySet[Group]:
    return Group.objects.filter(seen(sight.pieces()), ended_at=None).order_by("region", "name", "id")


def groups(sight: Sight, *, limit: int, after: Key | None = None) -> Page:
    rows = in_sight(sight)
    if after is not None:
        rows = rows.filter(Q(region__gt=after[0]) | Q(region=after[0], id__gt=after[1]))
    found = list(rows.order_by("region", "id")[: limit + 1])
    last = found[limit - 1] if len(found) > limit else None
    return Page(rows=found[:limit], after=(last.region, last.id) if last else None)


def key_of(text: str) -> Key | None:
    """Where a page goes on, as its address says it; what cannot be read is the first page."""
    region, _sep, row = text.partition("~")
    try:
        return (region, UUID(row)) if is_region(region) else None
    except ValueError:
        return None


def chosen(sight: Sight, ids: Collection[UUID]) -> list[Group]:
    """Those of some groups that are in sight, ended ones too."""
    return list(Group.objects.filter(seen(sight.pieces()), id__in=list(ids)).order_by("id")) if ids else []


def one(sight: Sight, group_id: UUID) -> Group | None:
    """A group in sight, else None: what may not be seen does not exist."""
    return in_sight(sight).filter(id=group_id).first()


def members_of(group: Group) -> list[Member]:
    rows = Member.objects.filter(county=group.county, group=group, ended_at=None)
    return list(rows.order_by("entered_at", "id"))


def calls_of(group: Group, *, limit: int = FEW) -> list[Call]:
    return list(Call.objects.filter(county=group.county, group=group).order_by("-at", "-id")[:limit])


def calls_to(person: UUID, counties: Collection[str]) -> list[Call]:
    """Calls somebody is a member for and that are not over, the newest first."""
    mine = Q(group__member__person=person, group__member__ended_at=None)
    here = {"county__in": counties, "group__county__in": counties}
    rows = Call.objects.filter(mine, **here, ended_at=None, group__ended_at=None)
    return list(rows.select_related("group").order_by("-at")[:FEW])


def call_in(group: Group, call_id: UUID) -> Call | None:
    return Call.objects.filter(county=group.county, group=group, id=call_id).first()


def group_of_call(sight: Sight, call_id: UUID) -> Group | None:
    """The group that a call in sight was made to."""
    return in_sight(sight).filter(id__in=Call.objects.filter(id=call_id).values("group")).first()


def sizes(groups_: Collection[Group]) -> Mapping[UUID, int]:
    """{group: how many are in it}, in one statement."""
    counties = sorted({one.county for one in groups_})
    rows = Member.objects.filter(county__in=counties, group__in=[one.id for one in groups_], ended_at=None)
    return dict(rows.values_list("group").annotate(Count("id")).order_by("group")) if groups_ else {}


def answers_to(call: Call) -> Mapping[UUID, Answer]:
    """{member: what they answered}."""
    return {one.member_id: one for one in Answer.objects.filter(county=call.county, call=call)}


def took_part(county: str, drill: UUID) -> Sequence[UUID]:
    """The members on the roll of a drill."""
    return list(Attendance.objects.filter(county=county, drill=drill).values_list("member", flat=True).order_by("id"))
