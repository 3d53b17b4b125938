"""Addresses of the house: each face has its own; here only which face answers where."""

from django.urls import URLPattern, URLResolver, include, path

from shouwang.faces import clauses, doors, files, health, language, live

urlpatterns: list[URLPattern | URLResolver] = [
    path("api/", include("shouwang.faces.api.urls")),
    path("", doors.start, name="start"),
    path("healthz", health.healthz, name="healthz"),
    path("metrics", health.metrics, name="metrics"),
    path("live/", live.nothing, name="live"),
    path("language/<str:code>/", language.switch, name="language"),
    path("clauses/<str:row>/", clauses.clause, name="clause"),
    path("files/<uuid:case_id>/<uuid:file_id>/", files.file, name="file"),
    path("office/", include("shouwang.faces.workbook.urls")),
    path("office/", include("shouwang.faces.paper.urls")),
    path("office/tasks/", include("shouwang.faces.tasks.urls")),
    path("office/plan/", include("shouwang.faces.plan.urls")),
    path("calendar/", include("shouwang.faces.tasks.feed_urls")),
    path("office/", include("shouwang.faces.office.urls")),
    path("board/", include("shouwang.faces.board.urls")),
    path("proof/", include("shouwang.faces.proof.urls")),
    path("phone/", include("shouwang.faces.phone.urls")),
    path("entry/", include("shouwang.faces.entry.urls")),
    path("", include("shouwang.faces.public.urls")),
]

handler400 = "shouwang.faces.refusals.unreadable"
handler403 = "shouwang.faces.refusals.not_allowed"
handler404 = "shouwang.faces.refusals.not_found"
handler500 = "shouwang.faces.refusals.broken"
