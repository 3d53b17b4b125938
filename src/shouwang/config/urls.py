"""Addresses of the house: each face has its own; here only which face answers where."""

from pathlib import Path

from django.urls import URLPattern, URLResolver, include, path

from shouwang.faces import clauses, doors, files, language

HOUSE = Path(__file__).resolve().parents[2]
FACES = {
    "office/": "shouwang.faces.office.urls",
    "board/": "shouwang.faces.board.urls",
    "proof/": "shouwang.faces.proof.urls",
    "phone/": "shouwang.faces.phone.urls",
    "": "shouwang.faces.public.urls",
    "entry/": "shouwang.faces.entry.urls",
    "api/": "shouwang.faces.api.urls",
}


def _face(prefix: str, name: str) -> list[URLPattern | URLResolver]:
    stands = (HOUSE / name.replace(".", "/")).with_suffix(".py").exists()
    return [path(prefix, include(name))] if stands else []


urlpatterns: list[URLPattern | URLResolver] = [
    path("", doors.start, name="start"),
    path("language/<str:code>/", language.switch, name="language"),
    path("clauses/<str:row>/", clauses.clause, name="clause"),
    path("files/<uuid:case_id>/<uuid:file_id>/", files.file, name="file"),
    *(pattern for prefix, name in FACES.items() for pattern in _face(prefix, name)),
]

handler400 = "shouwang.faces.refusals.unreadable"
handler403 = "shouwang.faces.refusals.not_allowed"
handler404 = "shouwang.faces.refusals.not_found"
handler500 = "shouwang.faces.refusals.broken"
