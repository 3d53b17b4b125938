"""Addresses of the alarm desk."""

from django.urls import path

from shouwang.faces.office.alarms import calling, desk, detail

urlpatterns = [
    path("", desk.desk, name="alarms"),
    path("all/", desk.everything, name="alarms_all"),
    path("call/", calling.calling, name="alarm_call"),
    path("watch/", calling.watch, name="alarm_watch"),
    path("<uuid:alarm_id>/", detail.alarm, name="alarm"),
]
