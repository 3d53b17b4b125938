"""Addresses of the pages about devices."""

from django.urls import path

from shouwang.faces.office.devices import cameras, detail, importing, listing

urlpatterns = [
    path("", listing.devices, name="devices"),
    path("<uuid:device_id>/", detail.device, name="device"),
    path("unknown/", listing.unknown_sources, name="unknown_sources"),
    path("cameras/new/", cameras.new, name="camera_new"),
    path("import/", importing.importing, name="import_devices"),
    path("import/empty.xlsx", importing.empty, name="devices_empty"),
    path("import/returned.xlsx", importing.give_back, name="devices_returned"),
]
