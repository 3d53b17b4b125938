"""Addresses of the office."""

from django.urls import path

from shouwang.faces.office import acting, case, export, listing, manuals, reporting, today
from shouwang.faces.office.records.amending import amend
from shouwang.faces.office.records.detail import act, record
from shouwang.faces.office.records.entering import enter
from shouwang.faces.office.records.listing import records
from shouwang.faces.office.records.overview import overview

app_name = "office"
urlpatterns = [
    path("", today.today, name="today"),
    path("hazards/", listing.hazards, name="hazards"),
    path("hazards.csv", export.export, name="export"),
    path("hazards/new/", reporting.report, name="report"),
    path("hazards/<uuid:case_id>/", case.case, name="case"),
    path("hazards/<uuid:case_id>/acts/<slug:name>/", acting.act, name="act"),
    path("manuals/", manuals.manuals, name="manuals"),
    path("manuals/templates/", manuals.forms, name="templates"),
    path("manuals/all.pdf", manuals.booklet, name="booklet"),
    path("manuals/<slug:name>/", manuals.manual, name="manual"),
    path("records/", overview, name="records"),
    path("records/<uuid:record_id>/", record, name="record"),
    path("records/<uuid:record_id>/amend/", amend, name="amend_record"),
    path("records/<uuid:record_id>/acts/<slug:name>/", act, name="record_act"),
    path("records/<slug:type_id>/", records, name="records_of"),
    path("records/<slug:type_id>/new/", enter, name="new_record"),
]
