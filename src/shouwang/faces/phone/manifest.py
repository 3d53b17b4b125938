"""The installable face (安装到桌面): names by language, icons of our own, where it opens and what it may open."""

from django.conf import settings
from django.http import Http404, HttpRequest, JsonResponse
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from shouwang.faces.language import offered
from shouwang.faces.templatetags.words import said
from shouwang.policy import load

BRAND, PAPER = "#1d4e89", "#f6f6f3"
# A maskable picture is cut by the phone to its own shape, so the lantern keeps clear of the edge.
SIZES, USES = (192, 512), {"icon": "any", "mask": "maskable"}
KEPT = {"Cache-Control": "public, max-age=86400"}


@require_GET
def manifest(request: HttpRequest, code: str) -> JsonResponse:
    """The language stands in the address: a browser asks for this file without cookies."""
    if code not in dict(offered()):
        raise Http404
    with translation.override(code):
        told = {
            "id": reverse("phone:report"),
            "name": said(load(settings.PACK).name_shown),
            "short_name": _("Fire watch"),
            "description": _("Report hazards and do the day's round, with and without a network."),
            "lang": code,
            "dir": "ltr",
            "start_url": reverse("phone:report"),
            # Signing in and following a case are part of it, and lie beside the phone's own pages.
            "scope": "/",
            "display": "standalone",
            "background_color": PAPER,
            "theme_color": BRAND,
            "icons": [_icon(name, size) for name in USES for size in SIZES],
            "shortcuts": [
                {"name": _("Report a hazard"), "url": reverse("phone:report")},
                {"name": _("My tasks"), "url": reverse("phone:tasks")},
            ],
        }
    return JsonResponse(told, content_type="application/manifest+json", headers=KEPT)


def _icon(name: str, size: int) -> dict[str, str]:
    source = static(f"phone/icons/{name}-{size}.png")
    return {"src": source, "sizes": f"{size}x{size}", "type": "image/png", "purpose": USES[name]}
