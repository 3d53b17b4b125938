"""One line of the ledger as a proof: in plain words, as a file, and how a stranger checks it (存证)."""

import json
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone

from shouwang.domains.areas.queries import name_of, path_of
from shouwang.domains.ledger.proving import NotSealed, Proof, prove
from shouwang.domains.ledger.queries import line_by_id
from shouwang.domains.people.actor import Actor
from shouwang.faces.doors import signed_in
from shouwang.faces.proof.checking import holds, size_asked
from shouwang.flows.sight import areas_for
from shouwang.kernel.codes import covered

PROVE = "ledger.prove"


@signed_in
def line(request: HttpRequest, actor: Actor, county: str, line_id: UUID) -> HttpResponse:
    """What the proof says; a line too new to be sealed has a page that says to wait."""
    found = _line(actor, county, line_id)
    context: dict[str, Any] = {"county": county, "line_id": line_id, "now": timezone.now(), "line": found}
    try:
        proof = prove(county, line_id)
    except NotSealed:
        return render(request, "proof/waiting.html", context, status=202)
    told = json.loads(proof.leaf)
    context |= {
        "proof": proof,
        "told": told,
        "holds": holds(proof),
        "county_name": name_of(county),
        "place": path_of(found.region),
        "number": proof.index + 1,
    }
    return render(request, "proof/line.html", context)


@signed_in
def download(request: HttpRequest, actor: Actor, county: str, line_id: UUID) -> HttpResponse:
    """The proof as the file that the ten-line checker reads, against the root that the page showed."""
    _line(actor, county, line_id)
    try:
        proof: Proof = prove(county, line_id, size=size_asked(request))
    except NotSealed:
        raise Http404 from None
    response = JsonResponse(proof.as_json(), json_dumps_params={"ensure_ascii": False, "indent": 1})
    response.headers["Content-Disposition"] = f'attachment; filename="proof-{county}-{proof.index}.json"'
    return response


def _line(actor: Actor, county: str, line_id: UUID) -> Any:
    """The line, if it lies where the person's posts allow to prove; else it is not there."""
    found = line_by_id(line_id)
    if found is None or found.county != county or not covered(areas_for(actor, PROVE), found.region):
        raise Http404
    return found
