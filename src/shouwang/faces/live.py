"""Where pages hear of news (实时推送): told by `shouwang live`, to which the web server in front leads this address."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe


@require_safe
def nothing(_request: HttpRequest) -> HttpResponse:
    """It leads here instead: pages are told not to ask again, and look by themselves."""
    return HttpResponse(status=204)
