"""Addresses of the calendar: the page that makes a secret one, and the calendar behind it."""

from django.urls import path

from shouwang.faces.tasks import feed

app_name = "calendar"
urlpatterns = [
    path("", feed.address, name="address"),
    path("<str:token>.ics", feed.feed, name="feed"),
]
