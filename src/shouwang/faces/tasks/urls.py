"""Addresses of the task lists, in the office."""

from django.urls import path

from shouwang.faces.tasks import calendar, follow_up, forces, listing, notices, passing

app_name = "tasks"
urlpatterns = [
    path("", listing.listing, name="list"),
    path("month/", calendar.month, name="month"),
    path("year/", calendar.year, name="year"),
    path("follow-up/", follow_up.follow_up, name="follow_up"),
    path("forces/", forces.forces, name="forces"),
    path("notices/", notices.notices, name="notices"),
    path("passed/<slug:county>/<uuid:delegation>/", passing.answer, name="answer"),
    path("passed/<slug:county>/<uuid:delegation>/back/", passing.back, name="back"),
    path("<uuid:task_id>/", listing.task, name="task"),
    path("<uuid:task_id>/pass/", passing.pass_on, name="pass"),
]
