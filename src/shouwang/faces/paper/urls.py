"""Addresses of forms on paper, within the office."""

from django.urls import path

from shouwang.faces.paper import printing, scanning

app_name = "paper"
urlpatterns = [
    path("records/<slug:type_id>/print/", printing.options, name="options"),
    path("records/<uuid:record_id>/page/", printing.of_record, name="of_record"),
    path("paper/scan/", scanning.scan, name="scan"),
    path("paper/code/", scanning.by_code, name="by_code"),
    path("paper/held/", scanning.held, name="held"),
    path("paper/<uuid:batch>/", printing.pages, name="pages"),
]
