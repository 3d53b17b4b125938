"""Addresses of records, within the office; their names are of the office too."""

from django.urls import path

from shouwang.faces.office.records.amending import amend
from shouwang.faces.office.records.detail import act, record
from shouwang.faces.office.records.entering import enter
from shouwang.faces.office.records.listing import records
from shouwang.faces.office.records.overview import overview

urlpatterns = [
    path("", overview, name="records"),
    path("<uuid:record_id>/", record, name="record"),
    path("<uuid:record_id>/amend/", amend, name="amend_record"),
    path("<uuid:record_id>/acts/<slug:name>/", act, name="record_act"),
    path("<slug:type_id>/", records, name="records_of"),
    path("<slug:type_id>/new/", enter, name="new_record"),
]
