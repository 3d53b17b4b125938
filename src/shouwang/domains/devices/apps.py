"""Django registration of the devices room."""

from django.apps import AppConfig


class Devices(AppConfig):
    name = "shouwang.domains.devices"
    label = "devices"
