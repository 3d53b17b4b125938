"""Addresses of the public page."""

from django.urls import path

from shouwang.faces import manual_sheets
from shouwang.faces.public import look, manuals

app_name = "public"
urlpatterns = [
    path("look/", look.look, name="look"),
    path("look/<str:code>/", look.found, name="found"),
    path("look/<str:code>/proof.json", look.proof, name="proof"),
    path("manuals/", manuals.manuals, name="manuals"),
    path("manuals/<slug:name>/", manuals.manual, name="manual"),
    path("manuals/<slug:name>.pdf", manual_sheets.sheet, name="sheet"),
]
