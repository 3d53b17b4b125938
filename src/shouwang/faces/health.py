"""The health page and the metrics (健康检查与指标): for machines that watch this one; no sign-in, no secrets."""

from collections.abc import Iterator, Mapping
from hmac import compare_digest
from importlib.metadata import version

from django.conf import settings
from django.db import DatabaseError, InterfaceError
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from shouwang.flows.see_condition import Figures, disk, figures, findings

PLAIN = "text/plain; charset=utf-8"
# https://prometheus.io/docs/instrumenting/exposition_formats/
EXPOSITION = "text/plain; version=0.0.4; charset=utf-8"


@require_safe
def healthz(_request: HttpRequest) -> HttpResponse:
    """200 when all is well; 503 with one line for each thing that is not."""
    wrong = [f"{name}: {found.says}\n" for name, found in findings(now=timezone.now()).items() if not found.ok]
    return _never_kept(HttpResponse("".join(wrong) or "ok\n", status=503 if wrong else 200, content_type=PLAIN))


@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Figures for a Prometheus that knows the token; without a token set, there is no such page."""
    token = settings.METRICS_TOKEN
    given = request.headers.get("Authorization", "").removeprefix("Bearer ").strip()
    if not token:
        raise Http404
    if not compare_digest(given.encode(), token.encode()):
        return _never_kept(HttpResponse("a token is needed\n", status=401, content_type=PLAIN,
            headers={"WWW-Authenticate": "Bearer"}))  # fmt: skip
    return _never_kept(HttpResponse("".join(_lines()), content_type=EXPOSITION))


def _lines() -> Iterator[str]:
    yield from _gauge("build_info", "Version at work.", {f'version="{version("shouwang")}"': 1})
    free, whole = disk()
    yield from _gauge("disk_free_bytes", "Bytes free where the home lies.", {"": free})
    yield from _gauge("disk_bytes", "Size of the disk where the home lies.", {"": whole})
    try:
        found = figures(now=timezone.now())
    except (DatabaseError, InterfaceError):
        yield from _gauge("database_up", "Whether the database answers.", {"": 0})
        return
    yield from _gauge("database_up", "Whether the database answers.", {"": 1})
    yield from _of_database(found)


def _of_database(found: Figures) -> Iterator[str]:
    yield from _gauge("database_bytes", "Size of the database.", {"": found.database_bytes})
    yield from _gauge("ledger_lines_unsealed", "Acts whose ledger line waits to be sealed.", {"": found.unsealed})
    yield from _gauge("evidence_waiting", "Evidence sealed and not judged yet.", {"": found.evidence_waiting})
    ages = {f'county="{county}"': round(age, 3) for county, age in found.root_ages.items()}
    yield from _gauge("checkpoint_age_seconds", "Age of the newest published root.", ages)
    acts = {f'room="{room}"': count for room, count in sorted(found.acts_today.items())}
    yield from _gauge("acts_today", "Acts on record since midnight, local time.", acts)
    if found.round_age is not None:
        yield from _gauge("worker_round_age_seconds", "Since the worker last spoke to the database.",
            {"": round(found.round_age, 3)})  # fmt: skip
    if found.backup_age is not None:
        yield from _gauge("backup_age_seconds", "Since the newest backup.", {"": round(found.backup_age, 3)})
    yield from _of_gateways(found)


def _of_gateways(found: Figures) -> Iterator[str]:
    """What each alarm gateway last said of itself, with how long ago that was."""
    names = sorted({figure for figures in found.gateways.values() for figure in figures})
    for figure in names:
        values = {f'gateway="{name}"': one[figure] for name, one in found.gateways.items() if figure in one}
        yield from _gauge(f"gateway_{figure}", "Of an alarm gateway, since it started; see the how-to.", values)


def _gauge(name: str, told: str, values: Mapping[str, float]) -> Iterator[str]:
    yield f"# HELP shouwang_{name} {told}\n# TYPE shouwang_{name} gauge\n"
    for labels, value in values.items():
        yield f"shouwang_{name}{{{labels}}} {value}\n" if labels else f"shouwang_{name} {value}\n"


def _never_kept(response: HttpResponse) -> HttpResponse:
    response.headers["Cache-Control"] = "no-store"
    return response
