"""操作手册 in the office: the list, a page, and all of them as one booklet."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from shouwang.domains.people.actor import Actor
from shouwang.faces.doors import signed_in
from shouwang.faces.form_library import forms_of
from shouwang.faces.manual_sheets import booklet as all_of_it
from shouwang.faces.manuals import lists, opened, told


@signed_in
def manuals(request: HttpRequest, actor: Actor) -> HttpResponse:
    return render(request, "office/manuals.html", {"groups": lists(post.kind for post in actor.posts)})


@signed_in
def booklet(request: HttpRequest, actor: Actor) -> HttpResponse:
    return all_of_it(request)


@signed_in
def manual(request: HttpRequest, actor: Actor, name: str) -> HttpResponse:
    on = timezone.localdate()
    return render(request, "office/manual.html", told(opened(name, on=on), on=on))


@signed_in
def forms(request: HttpRequest, actor: Actor) -> HttpResponse:
    """模板库: every printable form and template of a document in one list, each with its version."""
    return render(request, "office/templates.html", {"forms": forms_of(actor)})
