"""The sign-in page and the way out (登录、退出)."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from shouwang.faces.entry.demo import offered
from shouwang.faces.entry.forms import SignInForm, tell
from shouwang.faces.entry.onward import asked_for, entered, onward
from shouwang.faces.sign_in import forget, token_of
from shouwang.flows.refusal import Unfit
from shouwang.flows.sign_in import by_password, leave


@never_cache
@sensitive_post_parameters("password")
def sign_in(request: HttpRequest) -> HttpResponse:
    """Login and password; whoever is inside already goes on."""
    page = asked_for(request)
    held = getattr(request, "session_held", None)
    if held is not None and request.method != "POST":
        return onward(held.owes, page)
    form = SignInForm(request.POST or None)
    if form.is_valid():
        values = form.cleaned_data
        try:
            return entered(
                request, by_password(values["login"], values["password"], now=timezone.now()), page
            )
        except Unfit as unfit:
            tell(form, unfit)
    return signing_in_page(request, form, page=page, status=422 if form.errors else 200)


def signing_in_page(
    request: HttpRequest, form: SignInForm, *, page: str = "", fault: str = "", status: int = 200
) -> HttpResponse:
    context = {
        "form": form,
        "next": page,
        "fault": fault,
        "oidc": bool(settings.OIDC_ISSUER),
        "offered": offered(request.GET.get("county", "")) if settings.DEMO else None,
    }
    return render(request, "entry/sign_in.html", context, status=status)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    leave(token_of(request), now=timezone.now())
    response = HttpResponseRedirect(reverse("start"))
    forget(response)
    # ASVS 5.0 V14.3.1: what the browser kept of the session goes with it.
    response.headers["Clear-Site-Data"] = '"cache"'
    return response
