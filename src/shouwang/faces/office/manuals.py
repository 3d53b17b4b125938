"""操作手册 in the office: the list, a page, all of them as one booklet, and every form in one list."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from shouwang.domains.people.actor import Actor
from shouwang.faces.doors import signed_in
from shouwang.faces.form_library import shelves, template_file
from shouwang.faces.manual_sheets import booklet as all_of_it
from shouwang.faces.manuals import lists, opened, told
from shouwang.faces.office.responsibility.letter_word import WORD
from shouwang.flows.sight import pack_of


@signed_in
def manuals(request: HttpRequest, actor: Actor) -> HttpResponse:
    known = pack_of(actor.county, now=timezone.now())
    groups = lists(known, (post.kind for post in actor.posts))
    return render(request, "office/manuals.html", {"groups": groups, "county": actor.county})


@signed_in
def manual(request: HttpRequest, actor: Actor, name: str) -> HttpResponse:
    known, on = pack_of(actor.county, now=timezone.now()), timezone.localdate()
    context = told(known, opened(known, name, on=on), on=on)
    return render(request, "office/manual.html", {**context, "county": actor.county})


@signed_in
def booklet(request: HttpRequest, actor: Actor) -> HttpResponse:
    return all_of_it(request, actor.county)


@signed_in
def forms(request: HttpRequest, actor: Actor) -> HttpResponse:
    """模板库: every printable form and template of a document in one list, each with its version."""
    return render(request, "office/templates.html", {"shelves": shelves(actor)})


@signed_in
def template(request: HttpRequest, actor: Actor, name: str) -> FileResponse:
    """A template to edit: put into the home folder under its own name, it stands before the shipped one."""
    path = template_file(name)
    if path is None:
        raise Http404
    return FileResponse(path.open("rb"), as_attachment=True, filename=path.name, content_type=WORD)
