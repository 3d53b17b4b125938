"""Django registration of the households room."""

from django.apps import AppConfig


class Households(AppConfig):
    name = "shouwang.domains.households"
    label = "households"
