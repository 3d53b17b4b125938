"""Django registration of the volunteers room."""

from django.apps import AppConfig


class Volunteers(AppConfig):
    name = "shouwang.domains.volunteers"
    label = "volunteers"
