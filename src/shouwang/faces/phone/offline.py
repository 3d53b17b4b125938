"""离线可看: which pages a phone may keep to be read without a network; a page that is not marked is never kept."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponseBase

P = ParamSpec("P")


def readable_offline(
    view: Callable[Concatenate[HttpRequest, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """Marks the page for the phone's worker. What shows a sealed register in clear must never be wrapped in this."""

    @wraps(view)
    def inner(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        if request.method == "GET" and response.status_code == 200:  # noqa: PLR2004 - a whole page
            response.headers["Offline"] = "keep"
        return response

    return inner
