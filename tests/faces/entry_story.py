"""People at the entry: enrolled now, so that their passwords are fresh."""

from datetime import timedelta

import pyotp
from django.utils import timezone

from shouwang.domains.people.models import Person
from shouwang.domains.people.services import By, enrol_code
from tests.cast import CAST, PACK, enter

PASSWORD = "Changbai-2026"
KEEPER = By(actor=None, post="security_admin", pack=PACK)
ENTRY = "/entry/"


def person(login, *, age=timedelta(0)):
    enter(next(one for one in CAST if one.login == login), at=timezone.now() - age, password=PASSWORD)
    return Person.objects.get(login=login)


def with_codes(login):
    found, secret = person(login), pyotp.random_base32()
    enrol_code(found, secret, by=KEEPER, at=timezone.now())
    return found, pyotp.TOTP(secret)


def sign_in(client, login, password=PASSWORD, **more):
    return client.post(ENTRY, {"login": login, "password": password, **more})


def seen_by(client):
    """Who the server takes the browser for: the name on the page of one's own account, or ''."""
    answer = client.get("/entry/account/")
    return answer.context["actor"].name if answer.status_code == 200 else ""
