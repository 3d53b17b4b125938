"""Accounts and posts of the stories about people; everything by the acts that administrators use."""

from datetime import UTC, date, datetime, timedelta

from shouwang.domains.people.models import Person, Post
from shouwang.domains.people.queries import SignedIn, signed_in
from shouwang.domains.people.services import By, appoint, enrol_person
from shouwang.domains.people.sessions import begin
from tests.cast import COUNTY, PACK, STREET

NOON = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)
TODAY = date(2026, 11, 24)
NEW_YEAR = date(2026, 1, 1)
IDLE, LASTS = timedelta(minutes=30), timedelta(hours=12)
OFFICE = By(actor=None, post="security_admin", pack=PACK)


def enrolled(login: str = "wangfang", name: str = "王芳", region: str = STREET, **more: object) -> Person:
    return enrol_person(login=login, name=name, region=region, by=OFFICE, at=NOON, **more)


def appointed(person: Person, kind: str = "station_head", region: str = STREET, **more: object) -> Post:
    told = {"territory": (region,), "since": NEW_YEAR, "department": "", **more}
    return appoint(person, kind=kind, region=region, by=OFFICE, at=NOON, **told)


def officer(login: str = "hanxue", name: str = "韩雪", **more: object) -> Person:
    """Somebody at the county's committee office: one who needs a second factor."""
    person = enrolled(login, name, COUNTY, **more)
    appointed(person, "county_office", COUNTY, department="committee_office")
    return person


def entered(person: Person, *, owes: str = "", at: datetime = NOON) -> str:
    return begin(person, lasts=LASTS, now=at, owes=owes)


def seen(token: str, *, at: datetime = NOON, day: date = TODAY) -> SignedIn | None:
    return signed_in(token, now=at, day=day, idle=IDLE)


def kinds_held(token: str, *, day: date = TODAY) -> list[str]:
    found = seen(token, day=day)
    return [post.kind for post in found.actor.posts] if found else []
