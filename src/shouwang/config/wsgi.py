"""The WSGI application that granian serves."""

import faulthandler
import os
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse

from shouwang.gateways.collecting import REQUESTS, collect_seldom
from shouwang.policy import load

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shouwang.config.settings")
# A fault in a compiled library leaves its trace instead of nothing.
faulthandler.enable()
django = get_wsgi_application()
# Before the first request: read at leisure, by one thread.
load(settings.PACK)
collect_seldom(REQUESTS)


def application(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    """What is whole is handed over whole: with a length instead of in chunks, and closed at once."""
    response = django(environ, start_response)
    if not isinstance(response, HttpResponse):
        return response  # a file, piece by piece
    response.close()
    return [response.content]
