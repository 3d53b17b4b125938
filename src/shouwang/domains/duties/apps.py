"""Django registration of the duties room."""

from django.apps import AppConfig


class Duties(AppConfig):
    name = "shouwang.domains.duties"
    label = "duties"
