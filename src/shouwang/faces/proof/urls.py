"""Addresses of proofs."""

from django.urls import path

from shouwang.faces.proof import line

app_name = "proof"
urlpatterns = [
    path("<slug:county>/<uuid:line_id>/", line.line, name="line"),
    path("<slug:county>/<uuid:line_id>.json", line.download, name="download"),
]
