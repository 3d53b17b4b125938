"""Django registration of the faces: templates, static files, and the words they use."""

from django.apps import AppConfig


class Faces(AppConfig):
    name = "shouwang.faces"
    label = "faces"
