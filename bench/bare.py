"""The framework's floor: one table, one INSERT or one SELECT by the ORM as its manual shows it, nothing else."""

import json
import os
from typing import Any
from uuid import uuid4

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connection, models
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path
from django.utils import timezone

from shouwang.config import settings as ours

if not settings.configured:
    settings.configure(
        ALLOWED_HOSTS=["*"], DATABASES=ours.DATABASES, DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        INSTALLED_APPS=[], MIDDLEWARE=[], ROOT_URLCONF=__name__, SECRET_KEY=os.urandom(16).hex(), USE_TZ=True,
    )  # fmt: skip
    django.setup()


class Bare(models.Model):
    """A hazard with the columns of our own, and the index its list needs."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    region = models.CharField(max_length=15)
    kind = models.CharField(max_length=40)
    grade = models.CharField(max_length=10, default="general")
    state = models.CharField(max_length=12, default="assigned")
    place = models.CharField(max_length=120)
    note = models.CharField(max_length=500)
    department = models.CharField(max_length=40, default="fire_station")
    reported_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(default=timezone.now)

    class Meta:
        app_label = "bare"
        db_table = "bare_hazard"
        indexes = [models.Index(fields=["region", "-reported_at", "-id"], name="bare_newest")]


def make_table() -> None:
    if "bare_hazard" not in connection.introspection.table_names():
        with connection.schema_editor() as editor:
            editor.create_model(Bare)


def hazards(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        given: dict[str, Any] = json.loads(request.body)
        names = ("region", "kind", "place", "note")
        made = Bare.objects.create(**{name: given[name] for name in names})
        return JsonResponse({"id": made.id}, status=201)
    rows = Bare.objects.order_by("region", "-reported_at", "-id")[:50]
    return JsonResponse({"hazards": list(rows.values())})


def ready(request: HttpRequest) -> HttpResponse:
    make_table()
    return HttpResponse("ready")


urlpatterns = [path("hazards", hazards), path("", ready)]
application = get_wsgi_application()
