"""Django registration of the training room."""

from django.apps import AppConfig


class Training(AppConfig):
    name = "shouwang.domains.training"
    label = "training"
