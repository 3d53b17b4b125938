"""Addresses of the board."""

from django.urls import path

from shouwang.faces.board import area, indicators, standings

app_name = "board"
urlpatterns = [
    path("", area.start, name="start"),
    path("<slug:area>/", area.area, name="area"),
    path("<slug:area>/duties/", standings.duties, name="duties"),
    path("<slug:area>/indicators/", indicators.indicators, name="indicators"),
    path("<slug:area>/indicators/<slug:name>/", indicators.indicator, name="indicator"),
]
