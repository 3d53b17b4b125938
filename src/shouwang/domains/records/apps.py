"""Django registration of the records room."""

from django.apps import AppConfig


class Records(AppConfig):
    name = "shouwang.domains.records"
    label = "records"
