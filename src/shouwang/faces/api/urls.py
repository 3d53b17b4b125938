"""Addresses of the API, version 1, and its description (OpenAPI 3.1)."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver
from django.utils import translation
from dmr.openapi import OpenAPIConfig, build_schema
from dmr.openapi.views import OpenAPIJsonView
from dmr.plugins.msgspec import MsgspecSerializer
from dmr.response import build_response
from dmr.routing import Router, path

from . import problems
from .asking import language_of
from .case import Acts, Case
from .desk import PROBLEM
from .export import Export
from .hazards import Hazards
from .hotline import HotlineAnswers, HotlineOrders
from .likely import Joinings, LikelyOnes
from .numbers import Counts
from .papers import File, Papers, Photos
from .places import Children
from .proofs import Proofs
from .record_types import RecordTypeDesk, RecordTypes
from .records import RecordActs, RecordDesk, RecordsDesk
from .values import Values

app_name = "api"
router = Router(
    "api/v1/",
    [
        path("hazards", Hazards.as_view(), name="hazards"),
        path("hazards.csv", Export.as_view(), name="export"),
        path("hazards/<uuid:case_id>", Case.as_view(), name="case"),
        path("hazards/<uuid:case_id>/acts", Acts.as_view(), name="acts"),
        path("hazards/likely", LikelyOnes.as_view(), name="likely"),
        path("hazards/joined", Joinings.as_view(), name="joined"),
        path("hotline/orders", HotlineOrders.as_view(), name="hotline_orders"),
        path("hotline/answers", HotlineAnswers.as_view(), name="hotline_answers"),
        path("photos", Photos.as_view(), name="photos"),
        path("files/<uuid:case_id>/<uuid:file_id>", File.as_view(), name="file"),
        path("record-types", RecordTypes.as_view(), name="record_types"),
        path("record-types/<slug:type_id>", RecordTypeDesk.as_view(), name="record_type"),
        path("records", RecordsDesk.as_view(), name="records"),
        path("records/<uuid:record_id>", RecordDesk.as_view(), name="record"),
        path("records/<uuid:record_id>/acts", RecordActs.as_view(), name="record_acts"),
        path("papers", Papers.as_view(), name="papers"),
        path("counts", Counts.as_view(), name="counts"),
        path("proofs/<str:county>/<uuid:line_id>", Proofs.as_view(), name="proof"),
        path("areas/<str:code>/values", Values.as_view(), name="values"),
        path("areas/<str:code>/children", Children.as_view(), name="children"),
    ],
)
schema = build_schema(router, config=OpenAPIConfig(title="Shouwang 守望", version="1"))


def nowhere(request: HttpRequest, rest: str) -> HttpResponse:
    """An address that does not exist answers as the API answers, not with a page."""
    actor: Any = getattr(request, "actor", None)
    with translation.override(language_of(request, actor)):
        return build_response(
            MsgspecSerializer, raw_data=problems.unknown(), status_code=404, renderer=PROBLEM
        )


nowhere.csrf_exempt = True  # type: ignore[attr-defined]
urlpatterns: list[URLPattern | URLResolver] = [
    path("v1/openapi.json", OpenAPIJsonView.as_view(schema), name="openapi"),
    *(path(f"v1/{one.pattern}", one.callback, name=one.name) for one in router.urls),
    path("<path:rest>", nowhere),
]
