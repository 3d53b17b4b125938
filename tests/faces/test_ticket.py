"""Opened inside a host government app: its ticket is exchanged, server to server, with a real small server."""

import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from django.utils import timezone

from shouwang.domains.people.services import link
from tests.faces.entry_story import KEEPER, person, seen_by, sign_in

pytestmark = pytest.mark.django_db


class HostApp(BaseHTTPRequestHandler):
    """Knows who opened us by a ticket that is good once."""

    def do_POST(self):
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        known = (asked.get("client_id"), asked.get("client_secret")) == ("shouwang", "secret")
        subject = self.server.tickets.pop(asked.get("code"), None) if known else None
        body = json.dumps({"subject": subject}).encode()
        self.send_response(200 if subject is not None else 403)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


@pytest.fixture
def host_app(settings, monkeypatch):
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    server = ThreadingHTTPServer(("127.0.0.1", 0), HostApp)
    server.tickets = {"t-1": "u-17", "t-2": "u-99", "t-3": "", "t-4": 17}
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    settings.TICKET_URL = f"http://127.0.0.1:{server.server_port}/ticket"
    settings.TICKET_CLIENT_ID, settings.TICKET_CLIENT_SECRET = "shouwang", "secret"
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def liming(host_app, settings):
    settings.PASSWORD_HASHERS = ["tests.quick_hashing.Quick"]
    found = person("liming")
    link(found, "ticket:u-17", by=KEEPER, at=timezone.now())
    return found


def opened(client, code, **more):
    return client.get("/entry/ticket/", {"code": code, **more})


def test_a_grid_member_opens_the_phone_from_the_app(client, liming):
    assert opened(client, "t-1", next="/phone/").url == "/phone/"
    assert seen_by(client) == "李明"


def test_a_ticket_is_good_once(client, liming):
    opened(client, "t-1")
    client.post("/entry/out/")
    answer = opened(client, "t-1")
    assert answer.status_code == 403 and answer.context["fault"] and seen_by(client) == ""


@pytest.mark.parametrize("code", ["t-2", "t-3", "t-4", "made-up"])
def test_who_is_not_linked_or_not_known_stays_outside(client, liming, code):
    answer = opened(client, code)
    assert answer.status_code == 403 and seen_by(client) == ""


def test_the_app_wants_to_know_who_asks(client, liming, settings):
    settings.TICKET_CLIENT_SECRET = "guessed"
    assert opened(client, "t-1").status_code == 403


def test_following_somebodys_link_moves_nobody_to_another_account(client, liming):
    person("cuizhe")
    sign_in(client, "cuizhe")
    opened(client, "t-1")
    assert seen_by(client) == "崔哲"


def test_an_app_that_does_not_answer_is_told(client, liming, settings):
    settings.TICKET_URL = "http://127.0.0.1:9/ticket"
    assert opened(client, "t-1").status_code == 403


def test_nobody_is_led_to_another_host(client, liming):
    assert opened(client, "t-1", next="//evil.example").url == "/"


def test_where_no_app_is_set_there_is_no_such_way_in(client, settings):
    settings.TICKET_URL = ""
    assert opened(client, "t-1").status_code == 404
