"""Addresses of the pages about channels."""

from django.urls import path

from shouwang.faces.office.channels import adding, pages

urlpatterns = [
    path("", pages.listing, name="channels"),
    path("new/", adding.new, name="channel_new"),
    path("<slug:county>/<uuid:contact_id>/", pages.one, name="channel"),
]
