"""Addresses of the public page."""

from django.urls import path

from shouwang.faces import manual_sheets
from shouwang.faces.public import (
    door,
    front,
    leaflets,
    lessons,
    look,
    manuals,
    offline,
    own_code,
    owner,
    published,
    suggesting,
    telling,
)

app_name = "public"
urlpatterns = [
    path("report/", telling.report, name="report"),
    path("report/short/", offline.short, name="short"),
    path("worker.js", offline.worker, name="worker"),
    path("look/", look.look, name="look"),
    path("look/own/", own_code.dispute, name="dispute"),
    path("look/<str:code>/", look.found, name="found"),
    path("look/<str:code>/proof.json", look.proof, name="proof"),
    path("d/<str:code>/", door.door, name="door"),
    path("u/<str:code>/", owner.owner, name="owner"),
    path("u/<str:code>/taught/", owner.taught, name="owner_taught"),
    path("u/<str:code>/fix/<uuid:case_id>/", owner.fix, name="owner_fix"),
    path("exposed/", published.exposed, name="exposed"),
    path("inspections/", published.inspections, name="inspections"),
    path("open/exposed.csv", published.exposed_data, name="exposed_data"),
    path("open/inspections.csv", published.inspections_data, name="inspections_data"),
    path("open/hazards.csv", front.open_data, name="open"),
    path("suggest/", suggesting.suggestion, name="suggestion"),
    path("learn/", lessons.lessons, name="lessons"),
    path("learn/<slug:name>/", lessons.lesson, name="lesson"),
    path("learn/<slug:name>.pdf", leaflets.sheet, name="leaflet"),
    path("manuals/", manuals.manuals, name="manuals"),
    path("manuals/<slug:name>/", manuals.manual, name="manual"),
    path("manuals/<slug:name>.pdf", manual_sheets.sheet, name="sheet"),
]
