"""Django registration of the areas room."""

from django.apps import AppConfig


class Areas(AppConfig):
    name = "shouwang.domains.areas"
    label = "areas"
