"""What every address of the API shares: who asks, in which language, and how errors are told."""

import json
from collections.abc import Iterable, Mapping
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import translation
from django.utils.translation import gettext as _
from dmr import Controller, ResponseSpec
from dmr.endpoint import Endpoint
from dmr.exceptions import (
    NotAcceptableError,
    NotAuthenticatedError,
    RequestSerializationError,
    ValidationError,
)
from dmr.plugins.msgspec import MsgspecJsonParser, MsgspecJsonRenderer, MsgspecSerializer

from shouwang.domains.people.actor import Actor

from . import problems
from .asking import Cookie, Token, language_of
from .faults import faults
from .problems import CONTENT_TYPE, Problem

JSON_TYPE = "application/json"
JSON, PROBLEM = MsgspecJsonRenderer(), MsgspecJsonRenderer(CONTENT_TYPE)


def answers(
    model: Any,
    status: int = 200,
    *,
    also: int = 0,
    no: tuple[int, ...] = (),
    types: Iterable[str] = (JSON_TYPE,),
) -> list[ResponseSpec]:
    """What an address may answer: `model` with `status` (or `also`), else a problem of one of `no`."""
    fine = [
        ResponseSpec(model, status_code=HTTPStatus(code), limit_to_content_types=set(types))
        for code in (status, also)
        if code
    ]
    told = [
        ResponseSpec(Problem, status_code=HTTPStatus(code), limit_to_content_types={CONTENT_TYPE})
        for code in sorted({400, 401, 406, *no})
    ]
    return [*fine, *told]


class Desk(Controller[MsgspecSerializer]):
    """A window of the API."""

    is_abstract = True
    validate_responses = False
    error_model = Problem
    auth = (Token(), Cookie())
    parsers = (MsgspecJsonParser(),)
    renderers = (JSON, PROBLEM)

    @property
    def actor(self) -> Actor:
        """Who asks; the desk serves nobody else."""
        found: Actor = self.request.actor  # type: ignore[attr-defined]
        return found

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        language = language_of(request, getattr(request, "actor", None))
        translation.activate(language)  # the language middleware puts back what was before
        response = super().dispatch(request, *args, **kwargs)
        response.headers["Content-Language"] = language
        response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    def answer(self, found: Any, *, status: int = 200) -> HttpResponse:
        return self.to_response(found, status_code=HTTPStatus(status), renderer=JSON)

    def told(self, problem: Problem, headers: Mapping[str, str] | None = None) -> HttpResponse:
        status = HTTPStatus(problem.status)
        return self.to_response(problem, status_code=status, headers=headers, renderer=PROBLEM)

    def handle_error(self, endpoint: Endpoint, controller: Any, exc: Exception) -> HttpResponse:
        problem = problems.of(exc) or self._unread(endpoint, exc)
        if problem is None:
            raise exc
        return self.told(problem, {"WWW-Authenticate": "Bearer"} if problem.status == 401 else None)

    def handle_method_not_allowed(self, method: str) -> HttpResponse:
        allowed = ", ".join(sorted(self.api_endpoints))
        said = Problem(title=_("This address takes %(methods)s.") % {"methods": allowed}, status=405)
        return self.told(said, {"Allow": allowed})

    def format_error(self, error: str | Exception, *, loc: Any = None, error_type: Any = None) -> Problem:
        """The one error the library words itself here: a form that is not from a page of ours."""
        return Problem(title=_("The CSRF token of a page of ours is needed beside the cookie."), status=403)

    def to_error(self, raw_data: Any, *, status_code: HTTPStatus, **rest: Any) -> HttpResponse:
        return self.to_response(raw_data, status_code=status_code, **{**rest, "renderer": PROBLEM})

    def _unread(self, endpoint: Endpoint, exc: Exception) -> Problem | None:
        match exc:
            case NotAuthenticatedError():
                return problems.stranger()
            case NotAcceptableError():
                return Problem(title=_("Only application/json is spoken here."), status=406)
            case ValidationError():
                return self._at_fault(endpoint)
            case RequestSerializationError():
                return problems.unfit({"body": _("The body is not what its content type says.")})
        return None

    def _at_fault(self, endpoint: Endpoint) -> Problem:
        """All fields at fault, in whatever part of the request; a wrong address is simply not there."""
        found: dict[str, str] = {}
        for part in endpoint.metadata.component_parsers:
            wrong = faults(part.model, self._given(part.parser.context_name))
            if wrong and part.parser.context_name == "parsed_path":
                return problems.unknown()
            found |= wrong
        return problems.unfit(found)

    def _given(self, part: str) -> Any:
        match part:
            case "parsed_path":
                return self.kwargs
            case "parsed_query":
                return self.request.GET.dict()
            case "parsed_headers":
                return dict(self.request.headers)
            case "parsed_file_metadata":
                return {name: {"size": one.size} for name, one in self.request.FILES.items()}
        return json.loads(self.request.body or b"null")
