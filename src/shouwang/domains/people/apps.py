"""Django registration of the people room."""

from django.apps import AppConfig


class People(AppConfig):
    name = "shouwang.domains.people"
    label = "people"
