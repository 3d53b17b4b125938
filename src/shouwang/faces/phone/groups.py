"""邻里小组: volunteers of buildings and households that watch together: who is in, drills with their roll."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from urllib.parse import urlencode
from uuid import UUID, uuid4

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from shouwang.domains.ledger.idempotency import KeyReused
from shouwang.domains.ledger.write import Stale
from shouwang.domains.people.actor import Actor
from shouwang.domains.people.queries import names as names_of
from shouwang.domains.volunteers import queries
from shouwang.domains.volunteers.names import told_of
from shouwang.faces.doors import signed_in
from shouwang.faces.phone.grids import grids_of, named
from shouwang.faces.phone.receipts import because, handed_in
from shouwang.faces.refusals import refused
from shouwang.faces.tried import sent_before, tried
from shouwang.flows.call_neighbours import calls_for
from shouwang.flows.hold_drill import KINDS as DRILLS
from shouwang.flows.hold_drill import Drill, drills_here, hold_drill
from shouwang.flows.refusal import NotSeen, Refused, Unfit
from shouwang.flows.sight import areas_for, pack_for
from shouwang.flows.volunteer_groups import (
    KEEPING,
    NewGroup,
    NewMember,
    add_member,
    check_group,
    end_group,
    found_group,
    group_sight,
    marks_of,
    people_near,
    take_out,
)
from shouwang.kernel.codes import covered

FEW = 30
KIND_WORDS = {
    "volunteers": gettext_lazy("Volunteer fire group"),
    "defence": gettext_lazy("Households that watch together"),
}
ROLE_WORDS = {
    "leader": gettext_lazy("Leader"), "of_building": gettext_lazy("Building chief"),
    "of_unit": gettext_lazy("Unit chief"), "member": gettext_lazy("Member"),
}  # fmt: skip
DRILL_WORDS = {"first_fire": gettext_lazy("Fighting a first fire"), "evacuation": gettext_lazy("Evacuation")}
Words = Mapping[str, str]


@signed_in
def listed(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Groups one keeps or is in, and calls that wait for one's word."""
    page = queries.groups(group_sight(actor), limit=FEW, after=queries.key_of(request.GET.get("after", "")))
    more = f"{reverse('phone:groups')}?{urlencode({'after': f'{page.after[0]}~{page.after[1]}'})}" if page.after else ""
    names = {grid.code: grid.name for grid in named(sorted({one.region for one in page.rows}))}
    sizes = queries.sizes(page.rows)
    context = {
        "rows": [(one, KIND_WORDS[one.kind], sizes.get(one.id, 0)) for one in page.rows], "more": more, "names": names,
        "calls": calls_for(actor), "keeps": bool(areas_for(actor, KEEPING)), "now": timezone.now(), "tab": "today",
    }  # fmt: skip
    return render(request, "phone/groups.html", context)


@signed_in
def group(request: HttpRequest, actor: Actor, group_id: UUID) -> HttpResponse:
    return group_page(request, actor, group_id)


@handed_in
@signed_in
def new(request: HttpRequest, actor: Actor) -> HttpResponse:
    typed = _typed(request)
    if request.method != "POST":
        return _form(request, actor, {"key": str(uuid4())}, {})
    told = NewGroup(**{name: typed.get(name, "") for name in ("key", "region", "kind", "name", "buildings")})
    try:
        found = tried(typed, lambda: found_group(actor, told, now=timezone.now()))
    except Refused as refusal:
        return refused(request, refusal.decision)
    if found.done:
        return HttpResponseRedirect(reverse("phone:group", args=[found.done]), status=303)
    return _form(request, actor, found.typed, found.faults, status=found.status)


@handed_in
@require_POST
@signed_in
def join(request: HttpRequest, actor: Actor, group_id: UUID) -> HttpResponse:
    typed = _typed(request)
    told = NewMember(**{name: typed.get(name, "") for name in ("key", "role", "person", "mark", "name", "phone")})
    return _done(request, actor, group_id, "join", lambda: add_member(actor, group_id, told, now=timezone.now()))


@require_POST
@signed_in
def out(request: HttpRequest, actor: Actor, group_id: UUID, member_id: UUID) -> HttpResponse:
    return _done(request, actor, group_id, "out", lambda: take_out(actor, group_id, member_id, now=timezone.now()))


@require_POST
@signed_in
def check(request: HttpRequest, actor: Actor, group_id: UUID) -> HttpResponse:
    """It is still so; or the group is no more."""
    now = timezone.now()
    if request.POST.get("act") == "end":
        _done(request, actor, group_id, "check", lambda: end_group(actor, group_id, now=now))
        return HttpResponseRedirect(reverse("phone:groups"), status=303)
    posted = bool(request.POST.get("posted"))
    return _done(request, actor, group_id, "check", lambda: check_group(actor, group_id, posted=posted, now=now))


@handed_in
@require_POST
@signed_in
def drill(request: HttpRequest, actor: Actor, group_id: UUID) -> HttpResponse:
    """One form: what was practised, and who took part, ticked from the members."""
    typed = _typed(request)
    told = Drill(
        key=typed.get("key", ""), kind=typed.get("kind", ""), on=typed.get("on", ""), topic=typed.get("topic", ""),
        present=request.POST.getlist("present"), went_well=bool(typed.get("went_well")),
    )  # fmt: skip
    return _done(request, actor, group_id, "drill", lambda: hold_drill(actor, group_id, told, now=timezone.now()))


def group_page(
    request: HttpRequest, actor: Actor, group_id: UUID, *, part: str = "", faults: Words | None = None,
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    found, now = queries.one(group_sight(actor), group_id), timezone.now()
    if found is None:
        raise Http404
    keeps = covered(areas_for(actor, KEEPING), found.region)
    members = queries.members_of(found)
    context = {
        "group": found, "kind": KIND_WORDS[found.kind], "where": named([found.region])[0].name, "keeps": keeps,
        "members": members_told(members, keeps=keeps), "calls": queries.calls_of(found), "now": now, "part": part,
        "people": people_near(actor, found, now=now) if keeps else [], "roles": ROLE_WORDS.items(),
        "drills": [(one, DRILL_WORDS[one]) for one in DRILLS] if keeps and drills_here(pack_for(found.region, now=now))
        else [],
        "typed": _typed(request) if request.method == "POST" else {}, "ticked": request.POST.getlist("present"),
        "faults": faults or {}, "tab": "today", "day": timezone.localdate(now).isoformat(),
        "keys": {name: str(uuid4()) for name in ("join", "drill")},
    }  # fmt: skip
    if part and status == 422:  # noqa: PLR2004 - the same form, mended
        context["keys"][part] = context["typed"].get("key", "")
    return because(render(request, "phone/group.html", context, status=status), faults or {})


def members_told(members: Sequence[Any], *, keeps: bool) -> Sequence[dict[str, Any]]:
    """Who is in it: by account, door mark or name; telephones for whoever keeps the group."""
    named_ = names_of(one.person for one in members)
    marks, shown = marks_of(members), []
    for one in members:
        told = told_of(one)
        name = named_.get(one.person) or marks.get(one.home, "") or told.get("name", "")
        phone = told.get("phone", "") if keeps else ""
        shown.append({"member": one, "name": name, "phone": phone, "role": ROLE_WORDS.get(one.role, "")})
    return shown


def _done(
    request: HttpRequest, actor: Actor, group_id: UUID, part: str, act: Callable[[], object]
) -> HttpResponse:
    try:
        act()
    except NotSeen:
        raise Http404 from None
    except Refused as refusal:
        return refused(request, refusal.decision)
    except KeyReused:
        return group_page(request, actor, group_id, part=part, faults={"": sent_before()}, status=409)
    except Unfit as unfit:
        return group_page(request, actor, group_id, part=part, faults=unfit.fields, status=422)
    except Stale:
        pass  # The page shows how it stands now.
    return HttpResponseRedirect(reverse("phone:group", args=[group_id]), status=303)


def _typed(request: HttpRequest) -> dict[str, str]:
    return {name: str(value).strip() for name, value in request.POST.items()}


def _form(request: HttpRequest, actor: Actor, typed: Words, faults: Words, *, status: int = 200) -> HttpResponse:
    context = {
        "typed": typed, "faults": faults, "grids": grids_of(actor, on=timezone.localdate()), "tab": "today",
        "kinds": KIND_WORDS.items(),
    }  # fmt: skip
    return because(render(request, "phone/group_new.html", context, status=status), faults)
