"""Addresses of the office."""

from django.urls import include, path

from shouwang.faces.office import (
    acting,
    adoption,
    adoption_sheets,
    adoption_word,
    calendar,
    case,
    export,
    listing,
    manuals,
    posts,
    reporting,
    standards,
    today,
)

app_name = "office"
urlpatterns = [
    path("", today.today, name="today"),
    path("hazards/", listing.hazards, name="hazards"),
    path("hazards.csv", export.export, name="export"),
    path("hazards/new/", reporting.report, name="report"),
    path("hazards/<uuid:case_id>/", case.case, name="case"),
    path("hazards/<uuid:case_id>/acts/<slug:name>/", acting.act, name="act"),
    path("records/", include("shouwang.faces.office.records.urls")),
    path("responsibility/", include("shouwang.faces.office.responsibility.urls")),
    path("posts/", posts.posts, name="appoint"),
    path("posts/<slug:county>/<uuid:post_id>/end/", posts.end, name="end_post"),
    path("manuals/", manuals.manuals, name="manuals"),
    path("manuals/templates/", manuals.forms, name="templates"),
    path("manuals/templates/<str:name>.docx", manuals.template, name="template"),
    path("manuals/all.pdf", manuals.booklet, name="booklet"),
    path("manuals/<slug:name>/", manuals.manual, name="manual"),
    path("standards/", standards.listed, name="standards"),
    path("standards/values.xlsx", standards.excel, name="standards_excel"),
    path("standards/upload/", standards.upload, name="standards_upload"),
    path("calendar/", calendar.calendar, name="calendar"),
    path("adoption/", adoption.adoption, name="adoption"),
    path("adoption/check/", adoption.check, name="adoption_check"),
    path("adoption/adopt/", adoption.adopt, name="adopt"),
    path("adoption/word/", adoption_word.word, name="adoption_word"),
    path("adoption/upload/", adoption.upload, name="adoption_upload"),
    path("adoption/values/", adoption_sheets.values, name="values"),
    path("adoption/sheets/", adoption_sheets.listed, name="sheets"),
    path("adoption/sheets/<uuid:sheet_id>/", adoption_sheets.sheet, name="sheet"),
    path("adoption/sheets/<uuid:sheet_id>/withdraw/", adoption_sheets.withdraw, name="withdraw"),
    path("adoption/sheets/<uuid:sheet_id>/<uuid:file_id>/", adoption_sheets.paper, name="adoption_paper"),
]
