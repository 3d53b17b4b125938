"""Addresses of the office."""

from django.urls import include, path

from shouwang.faces.office import acting, case, export, listing, manuals, reporting, today

app_name = "office"
urlpatterns = [
    path("", today.today, name="today"),
    path("hazards/", listing.hazards, name="hazards"),
    path("hazards.csv", export.export, name="export"),
    path("hazards/new/", reporting.report, name="report"),
    path("hazards/<uuid:case_id>/", case.case, name="case"),
    path("hazards/<uuid:case_id>/acts/<slug:name>/", acting.act, name="act"),
    path("records/", include("shouwang.faces.office.records.urls")),
    path("manuals/", manuals.manuals, name="manuals"),
    path("manuals/templates/", manuals.forms, name="templates"),
    path("manuals/all.pdf", manuals.booklet, name="booklet"),
    path("manuals/<slug:name>/", manuals.manual, name="manual"),
]
