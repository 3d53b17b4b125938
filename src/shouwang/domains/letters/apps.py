"""Django registration of the letters room."""

from django.apps import AppConfig


class Letters(AppConfig):
    name = "shouwang.domains.letters"
    label = "letters"
