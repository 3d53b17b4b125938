"""Addresses of the board."""

from django.urls import path

from shouwang.faces.board import area, standings

app_name = "board"
urlpatterns = [
    path("", area.start, name="start"),
    path("<slug:area>/", area.area, name="area"),
    path("<slug:area>/duties/", standings.duties, name="duties"),
]
