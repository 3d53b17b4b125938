"""A workbook goes to the browser (下载): under a name in any language, kept by nobody on the way."""

from typing import TypeVar
from urllib.parse import quote

from django.http import HttpResponse, HttpResponseBase

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Response = TypeVar("Response", bound=HttpResponseBase)


def handed_over(data: bytes, *, name: str) -> HttpResponse:
    return named_table(HttpResponse(data), name=name)


def named_table(response: Response, *, name: str) -> Response:
    response.headers["Content-Type"] = XLSX
    called = f"attachment; filename=\"records.xlsx\"; filename*=UTF-8''{quote(name)}.xlsx"
    response.headers["Content-Disposition"] = called
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
