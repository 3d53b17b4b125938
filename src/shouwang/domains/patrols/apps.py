"""Django registration of the patrols room."""

from django.apps import AppConfig


class Patrols(AppConfig):
    name = "shouwang.domains.patrols"
    label = "patrols"
