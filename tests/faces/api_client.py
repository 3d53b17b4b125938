"""A caller of the API in-process: a bearer token, JSON both ways, and how many statements each call took."""

import json
from dataclasses import dataclass
from datetime import timedelta
from random import Random
from typing import Any
from uuid import uuid4

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from shouwang.domains.people.actor import Actor
from shouwang.domains.people.sessions import begin
from shouwang.simulation.pictures import photo
from tests.cast import GRID

ROOT = "/api/v1"
AFTER = photo(Random(1), cleared=True)


@dataclass
class Caller:
    """`statements` of the last call, its BEGIN and COMMIT among them."""

    token: str = ""
    language: str = ""
    statements: int = 0

    def __post_init__(self) -> None:
        self.client = Client()

    def get(self, path: str, **query: str) -> Any:
        return self._sent("get", path, query)

    def post(self, path: str, body: object, **headers: str) -> Any:
        plain = json.dumps(body, default=str)
        return self._sent("post", path, plain, content_type="application/json", headers=headers)

    def upload(self, data: bytes, name: str = "photo.jpg") -> Any:
        from django.core.files.uploadedfile import SimpleUploadedFile

        return self._sent("post", "/photos", {"file": SimpleUploadedFile(name, data)})

    def report(self, *, key: str = "", **more: object) -> Any:
        """Report a blocked exit in the grid of the cast."""
        given = {"region": GRID, "kind": "exit_blocked", "found_at": timezone.now() - timedelta(hours=1)}
        return self.post("/hazards", {**given, **more}, **{"Idempotency-Key": key or uuid4().hex})

    def _sent(self, method: str, path: str, data: Any, *, headers: Any = None, **more: Any) -> Any:
        headers = dict(headers or {})
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        if self.language:
            headers["Accept-Language"] = self.language
        with CaptureQueriesContext(connection) as seen:
            answer = getattr(self.client, method)(f"{ROOT}{path}", data, headers=headers, **more)
        self.statements = len(seen)
        return answer


def calling(actor: Actor, language: str = "") -> Caller:
    return Caller(token=begin(actor, lasts=timedelta(hours=1), now=timezone.now()), language=language)
