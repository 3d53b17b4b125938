"""Addresses of forms on paper, within the office."""

from django.urls import path

from shouwang.faces.paper import printing

app_name = "paper"
urlpatterns = [
    path("records/<slug:type_id>/print/", printing.options, name="options"),
    path("records/<uuid:record_id>/page/", printing.of_record, name="of_record"),
    path("paper/<uuid:batch>/", printing.pages, name="pages"),
]
