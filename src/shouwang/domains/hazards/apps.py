"""Django registration of the hazards room."""

from django.apps import AppConfig


class Hazards(AppConfig):
    name = "shouwang.domains.hazards"
    label = "hazards"
