"""Django registration of the sites room."""

from django.apps import AppConfig


class Sites(AppConfig):
    name = "shouwang.domains.sites"
    label = "sites"
