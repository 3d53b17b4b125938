"""The steps after the password (二次验证): a code, setting codes up, another password."""

from collections.abc import Callable
from functools import wraps

import segno
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from shouwang.domains.people.profiles import profile
from shouwang.domains.people.queries import SignedIn
from shouwang.faces.entry.forms import CodeForm, EnrolForm, PasswordForm, tell
from shouwang.faces.entry.onward import asked_for, entered, onward
from shouwang.flows.own_account import Offer, accept_code, change_password, offer_code, same_offer
from shouwang.flows.refusal import Unfit
from shouwang.flows.sign_in import CODE, ENROL, PASSWORD, give_code

Step = Callable[[HttpRequest, SignedIn], HttpResponse]


def inside(*steps: str) -> Callable[[Step], Callable[[HttpRequest], HttpResponse]]:
    """Only for a session that owes one of `steps` next ('' is none); others go where they belong."""

    def wrap(view: Step) -> Callable[[HttpRequest], HttpResponse]:
        @wraps(view)
        def inner(request: HttpRequest) -> HttpResponse:
            held: SignedIn | None = getattr(request, "session_held", None)
            if held is None:
                return HttpResponseRedirect(reverse("entry:sign_in"))
            if held.owes.split(",")[0] not in steps:
                return onward(held.owes, asked_for(request))
            return view(request, held)

        return never_cache(sensitive_post_parameters()(inner))

    return wrap


@inside(CODE)
def code(request: HttpRequest, held: SignedIn) -> HttpResponse:
    form = CodeForm(request.POST or None)
    if form.is_valid():
        try:
            entry = give_code(held, form.cleaned_data["code"], now=timezone.now())
            return entered(request, entry, asked_for(request))
        except Unfit as unfit:
            tell(form, unfit)
    return _page(request, "entry/code.html", form)


@inside(ENROL, "")
def enrol(request: HttpRequest, held: SignedIn) -> HttpResponse:
    """Setting codes up: owed by offices, open to everybody who has none yet."""
    form = EnrolForm(request.POST or None)
    try:
        offer = same_offer(held, request.POST["sealed"]) if "sealed" in request.POST else offer_code(held)
    except Unfit:
        return onward(held.owes, reverse("entry:account"))
    if form.is_valid():
        values = form.cleaned_data
        try:
            entry = accept_code(held, sealed=values["sealed"], code=values["code"], now=timezone.now())
            return entered(request, entry, asked_for(request))
        except Unfit as unfit:
            tell(form, unfit)
    form.initial["sealed"] = offer.sealed
    return _page(
        request, "entry/enrol.html", form, offer=offer, picture=_picture(offer), owed=bool(held.owes)
    )


@inside(PASSWORD, "")
def password(request: HttpRequest, held: SignedIn) -> HttpResponse:
    form = PasswordForm(request.POST or None)
    if form.is_valid():
        values = form.cleaned_data
        try:
            entry = change_password(held, old=values["old"], new=values["new"], now=timezone.now())
            return entered(
                request, entry, asked_for(request) or ("" if held.owes else reverse("entry:account"))
            )
        except Unfit as unfit:
            tell(form, unfit)
    return _page(request, "entry/password.html", form, rules=profile(), owed=bool(held.owes))


def _picture(offer: Offer) -> str:
    return segno.make(offer.address, error="m").svg_data_uri(scale=5, border=3)


def _page(request: HttpRequest, template: str, form: object, **more: object) -> HttpResponse:
    context = {"form": form, "next": asked_for(request), **more}
    return render(request, template, context, status=422 if getattr(form, "errors", None) else 200)
