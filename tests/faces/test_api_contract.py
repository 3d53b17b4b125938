"""The API keeps what its OpenAPI description says, whatever is sent to it."""

from collections.abc import Iterator
from typing import Any

import hypothesis
import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from shouwang.config.wsgi import application
from shouwang.domains.people.actor import Actor
from tests.faces.api_client import calling

Cast = dict[str, Actor]
CHECKS = [
    schemathesis.checks.not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
PATHS = {
    "/api/v1/hazards", "/api/v1/hazards.csv", "/api/v1/hazards/{case_id}", "/api/v1/hazards/{case_id}/acts",
    "/api/v1/record-types", "/api/v1/record-types/{type_id}", "/api/v1/records", "/api/v1/records/{record_id}",
    "/api/v1/records/{record_id}/acts", "/api/v1/papers",
    "/api/v1/hazards/likely", "/api/v1/hazards/joined", "/api/v1/hotline/orders", "/api/v1/hotline/answers",
    "/api/v1/photos", "/api/v1/files/{case_id}/{file_id}", "/api/v1/counts",
    "/api/v1/proofs/{county}/{line_id}", "/api/v1/areas/{code}/children", "/api/v1/areas/{code}/values",
}  # fmt: skip


def described() -> Any:
    return Client().get("/api/v1/openapi.json").json()


@pytest.fixture
def one_connection() -> Iterator[None]:
    """What is sent is part of the test's own transaction, as with Django's test client."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.django_db
def test_the_description_names_every_address_and_how_to_ask() -> None:
    told = described()
    assert told["openapi"].startswith("3.1")
    assert set(told["paths"]) == PATHS
    assert set(told["components"]["securitySchemes"]) == {"token", "session", "csrf"}
    answers = told["paths"]["/api/v1/hazards"]["post"]["responses"]
    assert set(answers) >= {"200", "201", "400", "401", "403", "409"}
    assert list(answers["400"]["content"]) == ["application/problem+json"]


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.parametrize("login", ["hanxue", "liuyang"])
def test_nothing_that_is_sent_breaks_it_or_is_answered_otherwise_than_described(
    cast: Cast, one_connection: None, login: str
) -> None:
    """Some cases for each address, from its description; the same ones every time."""
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)
    token, asked = calling(cast[login]).token, 0
    for found in schema.get_all_operations():
        operation = found.ok()

        @hypothesis.settings(
            max_examples=25, deadline=None, derandomize=True, database=None,
            suppress_health_check=list(HealthCheck),
        )  # fmt: skip
        @hypothesis.given(case=operation.as_strategy())
        def try_it(case: Any) -> None:
            nonlocal asked
            asked += 1
            case.call_and_validate(headers={"Authorization": f"Bearer {token}"}, checks=CHECKS)

        try_it()
    assert asked >= 25 * len(PATHS) // 2
