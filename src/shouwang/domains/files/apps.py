"""Django registration of the files room."""

from django.apps import AppConfig


class Files(AppConfig):
    name = "shouwang.domains.files"
    label = "files"
