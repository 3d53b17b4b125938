"""What commands on accounts and posts share: who administers, whom a word means, how an answer is told."""

import json
from collections.abc import Callable
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import UUID

import click

if TYPE_CHECKING:
    from shouwang.domains.people.models import Person, Post
    from shouwang.domains.people.services import By

T = TypeVar("T")
AS_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
DAY = click.DateTime(["%Y-%m-%d"])


def fits(act: Callable[[], T]) -> T:
    """Do it, or say which field cannot be what was given, and why."""
    from shouwang.domains.people.misfit import Misfit

    try:
        return act()
    except Misfit as no:
        raise click.ClickException(str(no)) from None


def account(login: str) -> "Person":
    from shouwang.domains.people.queries import account as named

    if (found := named(login)) is None:
        raise click.ClickException(f"login: there is no account {login}, or more than one: try login@county")
    return found


def post_of(county: str, id: UUID) -> "Post":  # noqa: A002
    from shouwang.domains.people.queries import post as held

    if (found := held(county, id)) is None:
        raise click.ClickException(f"post: nobody in {county} has held a post {id}")
    return found


def by() -> "By":
    from django.conf import settings

    from shouwang import policy
    from shouwang.domains.people.services import By

    pack = policy.load(settings.PACK)
    return By(actor=None, post=pack.wiring.posts.accounts, pack=pack.version)


def now() -> datetime:
    from django.utils import timezone

    return timezone.now()


def day(given: datetime | None) -> date:
    from django.utils import timezone

    return given.date() if given else timezone.localdate()


def told_person(person: "Person") -> dict[str, Any]:
    shown = {name: getattr(person, name) for name in ("login", "name", "county", "region", "active")}
    return {"id": str(person.id), **shown, "second_factor": bool(person.totp)}


def told_post(post: "Post") -> dict[str, Any]:
    shown = {name: getattr(post, name) for name in ("kind", "department", "region")}
    days = {"since": str(post.since), "until": str(post.until) if post.until else None}
    return {"id": str(post.id), **shown, "territory": list(post.territory), **days}


def answer(told: dict[str, Any], as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
        return
    for name, value in told.items():
        click.echo(f"{name}: {', '.join(value) if isinstance(value, list) else value}")
