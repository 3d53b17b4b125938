"""My account (本人账号): who I am here, the posts I hold, and how I sign in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from shouwang.domains.areas.queries import names
from shouwang.domains.people.actor import Actor
from shouwang.faces.doors import signed_in
from shouwang.flows.own_account import own_posts, standing


@signed_in
def account(request: HttpRequest, actor: Actor) -> HttpResponse:
    posts = own_posts(actor, on=timezone.localdate(timezone.now()))
    places = names({code for post in posts for code in (post.region, *post.territory)})
    return render(
        request, "entry/account.html", {"posts": posts, "places": places, "account": standing(actor)}
    )
