"""Django registration of the adoptions room."""

from django.apps import AppConfig


class Adoptions(AppConfig):
    name = "shouwang.domains.adoptions"
    label = "adoptions"
