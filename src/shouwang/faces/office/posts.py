"""任职登记: who holds the posts of a body; a post is given, or its term ended, and counts as evidence by itself."""

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from shouwang.domains.areas.queries import path_of
from shouwang.domains.people.actor import Actor
from shouwang.domains.people.in_post import in_post
from shouwang.domains.people.queries import people
from shouwang.domains.people.scopes import MANAGE
from shouwang.faces.days import day_of
from shouwang.faces.doors import signed_in
from shouwang.faces.refusals import refused
from shouwang.faces.templatetags.words import department_label, post_label
from shouwang.faces.tried import somebody_was_first
from shouwang.flows.hold_post import Appointment, appoint_to, release
from shouwang.flows.refusal import Moved, NotSeen, Refused, Unfit
from shouwang.flows.sight import areas_for, pack
from shouwang.flows.work_phone import hints_of, set_phone_of
from shouwang.kernel.codes import covered, is_region, level_of

OFFERED = 200


class DayInput(forms.DateInput):
    input_type = "date"


class AppointForm(forms.Form):
    """Nothing is asked that the post itself does not need."""

    login = forms.CharField(label=_("Account"), max_length=60, help_text=_("The login of the person"))
    kind = forms.ChoiceField(label=_("Post"))
    department = forms.ChoiceField(label=_("Department"), required=False)
    since = forms.DateField(label=_("First day"), widget=DayInput(format="%Y-%m-%d"))
    until = forms.DateField(label=_("Last day, if known"), widget=DayInput(format="%Y-%m-%d"), required=False)

    def __init__(self, *args: Any, region: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = pack()
        kinds = [kind for kind, post in known.posts.items() if post.level == level_of(region)]
        self.fields["kind"].choices = [(kind, post_label(kind)) for kind in kinds]  # type: ignore[attr-defined]
        departments = [(code, department_label(code)) for code in known.departments]
        self.fields["department"].choices = [("", "—"), *departments]  # type: ignore[attr-defined]
        self.fields["login"].widget.attrs["list"] = "people"


@signed_in
def posts(request: HttpRequest, actor: Actor) -> HttpResponse:
    """`region` is the body, `kind` the post that is lacking."""
    region, now = _region(request, actor), timezone.now()
    start = {"kind": request.GET.get("kind", ""), "since": timezone.localdate(now)}
    if request.method != "POST":
        return _page(
            request, actor, region, AppointForm(region=region, initial=start), on=timezone.localdate(now)
        )
    form = AppointForm(request.POST, region=region)
    if form.is_valid():
        try:
            appoint_to(actor, Appointment(region=region, **_given(form.cleaned_data)), now=now)
        except Refused as refusal:
            return refused(request, refusal.decision)
        except Unfit as unfit:
            _say(form, unfit)
        else:
            return HttpResponseRedirect(f"{reverse('office:appoint')}?region={region}&done=1")
    return _page(request, actor, region, form, on=timezone.localdate(now), status=422)


@require_POST
@signed_in
def end(request: HttpRequest, actor: Actor, county: str, post_id: UUID) -> HttpResponse:
    now = timezone.now()
    last = day_of(request.POST.get("until", "")) or timezone.localdate(now)
    try:
        held = release(actor, county, post_id, last_day=last, now=now)
    except NotSeen:
        raise Http404 from None
    except Unfit as unfit:
        region = _region(request, actor)
        form = AppointForm(region=region)
        context = {"ending": post_id, "faults": list(unfit.fields.values()), "typed": last}
        return _page(request, actor, region, form, on=timezone.localdate(now), status=422, **context)
    return HttpResponseRedirect(f"{reverse('office:appoint')}?region={held.region}&done=1")


@require_POST
@signed_in
def phone(request: HttpRequest, actor: Actor, county: str, person_id: UUID) -> HttpResponse:
    """The telephone at work of somebody who holds a post here."""
    region, now, typed = _region(request, actor), timezone.now(), request.POST.get("phone", "").strip()
    try:
        set_phone_of(actor, county, person_id, typed, now=now)
    except NotSeen:
        raise Http404 from None
    except (Unfit, Moved) as no:
        first = somebody_was_first()
        words = list(no.fields.values()) if isinstance(no, Unfit) else [first]
        context = {"ringing": person_id, "faults": words, "typed": typed}
        form = AppointForm(region=region)
        return _page(request, actor, region, form, on=timezone.localdate(now), status=422, **context)
    return HttpResponseRedirect(f"{reverse('office:appoint')}?region={region}&done=phone", status=303)


def _region(request: HttpRequest, actor: Actor) -> str:
    region = request.GET.get("region", "")
    if not is_region(region) or not covered(areas_for(actor, MANAGE), region):
        raise Http404
    return region


def _given(values: dict[str, Any]) -> dict[str, Any]:
    return {name: values[name] for name in ("login", "kind", "department", "since", "until")}


def _say(form: AppointForm, unfit: Unfit) -> None:
    for name, words in unfit.fields.items():
        form.add_error(name if name in form.fields else None, words)


def _page(
    request: HttpRequest,
    actor: Actor,
    region: str,
    form: AppointForm,
    *,
    on: date,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    held = in_post([region], on=on)[region]
    people_here = {one.person for one in held}
    context = {
        "form": form,
        "region": region,
        "here": path_of(region),
        "held": held,
        "phones": dict.fromkeys(people_here, "–") | dict(hints_of(region[:6], people_here)),
        "offered": people(areas_for(actor, MANAGE), limit=OFFERED),
        "on": on,
        "done": request.GET.get("done", ""),
        **more,
    }
    return render(request, "office/posts.html", context, status=status)
