"""Addresses of the areas in the office."""

from django.urls import path

from shouwang.faces.office.areas import changing, coverage, tree

urlpatterns = [
    path("", tree.area, name="areas"),
    path("coverage/", coverage.coverage, name="coverage"),
    path("change/table/", changing.table, name="change_table"),
    path("change/<slug:act>/", changing.form, name="change_area"),
]
