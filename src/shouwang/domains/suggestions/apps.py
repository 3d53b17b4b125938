"""Django registration of the suggestions room."""

from django.apps import AppConfig


class Suggestions(AppConfig):
    name = "shouwang.domains.suggestions"
    label = "suggestions"
