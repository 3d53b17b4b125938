"""Nobody can tick a duty: whatever is sent to whatever address, by whoever, only evidence of its kind meets one."""

import json
from collections.abc import Iterator
from itertools import product
from uuid import UUID

import pytest
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.converters import UUIDConverter

from shouwang.domains.duties.models import Standing
from shouwang.domains.ledger.models import Evidence
from shouwang.flows.keep_house import catch_up
from shouwang.policy import load
from tests.cast import COUNTY, GRID, STREET
from tests.faces.stage import Stage

WORDS = {
    "area": STREET, "code": COUNTY, "region": STREET, "county": COUNTY, "row": "08-02", "rest": "duties/met",
    "language": "zh-hans",
}  # fmt: skip
PEOPLE = ("hanxue", "zhangzhiqiang", "gaofeng", "quanzhenhu", "liming")
# What an address makes of a method it does not know is the same for everybody: one person tries them all.
METHODS = {"zhangzhiqiang": ("post", "put", "patch", "delete")}
MET = ("met", "met_late")
# What somebody would send who hoped to be done with it.
CLAIM = {
    "verdict": "met", "state": "met", "met": "on", "done": "1", "tick": "1", "act": "meet", "duty": "station_staffed",
    "region": STREET, "area": STREET, "reason": "已完成", "note": "已完成", "confirm": "on", "version": "1",
    "period": "2026-11", "kind": "record.meeting", "type": "meeting",
}  # fmt: skip


def endpoints(patterns=None, prefix="") -> Iterator[tuple[str, dict[str, object]]]:
    """Every address the house answers at, with the names of what stands in it."""
    for one in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(one, URLResolver):
            yield from endpoints(one.url_patterns, prefix + str(one.pattern))
        elif isinstance(one, URLPattern):
            yield prefix + str(one.pattern), one.pattern.converters


def filled(route: str, names: dict[str, object], ids: list[UUID]) -> Iterator[str]:
    """The address for each id that may be meant, all else by its usual word."""
    keys = [name for name, kind in names.items() if isinstance(kind, UUIDConverter)]
    for chosen in product(ids, repeat=len(keys)) if len(keys) < 2 else zip(*[ids] * len(keys), strict=True):
        address, given = route, dict(zip(keys, chosen, strict=True))
        for name in names:
            word = str(given.get(name) or WORDS.get(name, "meeting"))
            start = address.index("<")
            address = address[:start] + word + address[address.index(">") + 1 :]
        yield f"/{address}"


def proved(standing: Standing) -> bool:
    """Whether the line that met it holds evidence of the duty's own kind."""
    duty = load().duties[standing.duty]
    kinds = Evidence.objects.filter(county=standing.county, line=standing.met_by).values_list("kind", flat=True)
    return duty.evidence.kind in kinds


@pytest.mark.slow
def test_no_address_meets_a_duty_without_evidence(stage: Stage):
    catch_up(now=stage.now)
    owed = Standing.objects.filter(county=COUNTY, region__in=[STREET, COUNTY, GRID]).exclude(verdict__in=MET)
    assert owed.count() > 50
    ids = [owed.first().id, owed.first().subject, stage.cases["waiting"]]
    met = {row.id for row in Standing.objects.filter(county=COUNTY, verdict__in=MET)}
    tried = 0
    for login in PEOPLE:
        client = stage.client(login)
        client.raise_request_exception = False
        for route, names in endpoints():
            for address in filled(route, names, ids):
                for method in METHODS.get(login, ("post",)):
                    answer = getattr(client, method)(
                        address, json.dumps(CLAIM), content_type="application/json",
                        headers={"Idempotency-Key": f"{tried}"},
                    )  # fmt: skip
                    assert answer.status_code < 500, (method, address, answer.status_code)
                    tried += 1
                answer = client.post(address, CLAIM)
                assert answer.status_code < 500, ("form", address, answer.status_code)
            if "sign_out" in route or client.cookies.get("session") is None:
                client = stage.client(login)
                client.raise_request_exception = False
    catch_up(now=stage.now)
    fresh = [row for row in Standing.objects.filter(county=COUNTY, verdict__in=MET) if row.id not in met]
    assert [row.duty for row in fresh if not proved(row)] == []
    assert tried > 500
