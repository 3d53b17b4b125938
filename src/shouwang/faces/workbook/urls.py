"""Addresses of tables, within the office."""

from django.urls import path

from shouwang.faces.workbook import exporting, importing

app_name = "workbook"
urlpatterns = [
    path("records/<slug:type_id>/template.xlsx", importing.empty, name="template"),
    path("records/<slug:type_id>/import/", importing.send, name="import"),
    path("records/<slug:type_id>/import/take/", importing.take, name="take"),
    path("records/<slug:type_id>/export.xlsx", exporting.export, name="export"),
    path("records/<slug:type_id>/returned.xlsx", importing.give_back, name="returned"),
]
