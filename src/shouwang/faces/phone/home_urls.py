"""Addresses of homes and people at risk on the phone (住户), and of the day's walk (今日路线)."""

from django.urls import path

from shouwang.faces.phone import (
    detectors,
    door_codes,
    homes,
    homes_import,
    items,
    knocking,
    people_at_risk,
    today,
    visits,
)
from shouwang.faces.phone.offline import readable_offline as kept

urlpatterns = [
    path("today/", kept(today.today), name="today"),
    path("knock/", knocking.doors, name="knocking"),
    path("knock.pdf", knocking.sheet, name="knocking_sheet"),
    path("items/", kept(items.items), name="items"),
    path("place/", kept(visits.patrol), name="place_walk"),
    path("visits/<uuid:visit_id>/", visits.visit, name="visit"),
    path("visits/<uuid:visit_id>/<slug:point>/", visits.finding, name="finding"),
    path("homes/visit/", kept(visits.any_visit), name="any_visit"),
    path("homes/<uuid:home_id>/visit/", kept(visits.home_visit), name="home_visit"),
    path("homes/", homes.listed, name="homes"),
    path("homes/table/", homes_import.take_in, name="homes_import"),
    path("homes/table/empty/", homes_import.template, name="homes_template"),
    path("homes/doors.pdf", door_codes.sheet, name="door_sheet"),
    path("homes/<uuid:home_id>/detector/", kept(detectors.fit), name="detector_fit"),
    path("homes/<uuid:home_id>/detector/<uuid:device_id>/", detectors.act, name="detector_act"),
    path("homes/<uuid:home_id>/door/", door_codes.renew, name="door_renew"),
    path("homes/new/", homes.new, name="home_new"),
    path("homes/<uuid:home_id>/", homes.home, name="home"),
    path("homes/<uuid:home_id>/people/", people_at_risk.enter, name="person_enter"),
    path("homes/<uuid:home_id>/people/<uuid:resident_id>/", people_at_risk.amend, name="person_amend"),
    path("homes/<uuid:home_id>/people/<uuid:resident_id>/clear/", homes.unmask, name="person_unmask"),
    path("homes/<uuid:home_id>/people/<uuid:resident_id>/off/", people_at_risk.off, name="person_off"),
]
