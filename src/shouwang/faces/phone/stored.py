"""手机里存的: what waits to be sent, what stands against it, and what of the grid can be read without a network."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from shouwang.domains.people.actor import Actor
from shouwang.faces.doors import signed_in


@signed_in
def stored(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The phone fills the page itself: the server does not know what it has kept."""
    return render(request, "phone/stored.html", {"tab": "mine"})
