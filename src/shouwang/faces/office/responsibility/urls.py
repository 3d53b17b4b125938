"""Addresses of the system of responsibility, within the office; their names are of the office too."""

from django.urls import path

from shouwang.faces.office.responsibility.behind import listed
from shouwang.faces.office.responsibility.chart import chart
from shouwang.faces.office.responsibility.letters import all_letters, letters, one_letter
from shouwang.faces.office.responsibility.page import responsibility
from shouwang.faces.office.responsibility.workbook import workbook

urlpatterns = [
    path("", responsibility, name="responsibility"),
    path("list/", listed, name="gaps"),
    path("chart/", chart, name="chart"),
    path("book.xlsx", workbook, name="responsibility_book"),
    path("letters/", letters, name="letters"),
    path("letters/<slug:region>.<slug:language>.docx", one_letter, name="letter"),
    path("letters/all.<slug:language>.zip", all_letters, name="all_letters"),
]
