"""A workbook goes to the browser (下载): under a name in any language, kept by nobody on the way."""

from urllib.parse import quote

from django.http import HttpResponse

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def handed_over(data: bytes, *, name: str) -> HttpResponse:
    response = HttpResponse(data, content_type=XLSX)
    response.headers["Content-Disposition"] = (
        f"attachment; filename=\"records.xlsx\"; filename*=UTF-8''{quote(name)}.xlsx"
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
