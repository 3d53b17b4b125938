"""Addresses of the pages about connected platforms."""

from django.urls import path

from shouwang.faces.office.peers import register

urlpatterns = [
    path("", register.peers, name="peers"),
    path("<uuid:peer_id>/end/", register.end, name="peer_end"),
]
