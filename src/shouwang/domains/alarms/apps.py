"""Django registration of the alarms room."""

from django.apps import AppConfig


class Alarms(AppConfig):
    name = "shouwang.domains.alarms"
    label = "alarms"
