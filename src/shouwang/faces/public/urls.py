"""Addresses of the public page."""

from django.urls import path

from shouwang.faces.public import look

app_name = "public"
urlpatterns = [
    path("look/", look.look, name="look"),
    path("look/<str:code>/", look.found, name="found"),
    path("look/<str:code>/proof.json", look.proof, name="proof"),
]
