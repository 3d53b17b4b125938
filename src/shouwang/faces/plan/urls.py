"""Addresses of yearly plans, in the office."""

from django.urls import path

from shouwang.faces.plan import acts, pages, paper

app_name = "plan"
urlpatterns = [
    path("", pages.home, name="home"),
    path("<slug:region>/<int:year>/", pages.plan, name="plan"),
    path("<slug:region>/<int:year>/item/", acts.item, name="item"),
    path("<slug:region>/<int:year>/print/", paper.printed, name="print"),
    path("<slug:region>/<int:year>/plan.xlsx", paper.workbook, name="workbook"),
    path("<slug:region>/<int:year>/<slug:name>/", acts.act, name="act"),
]
