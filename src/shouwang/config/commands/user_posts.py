"""`shouwang user appoint`, `end`, `deputise`: posts with terms (岗位任期) and who stands in."""

from datetime import datetime
from uuid import UUID

import click

from shouwang.config.administering import (
    AS_JSON,
    DAY,
    account,
    answer,
    by,
    day,
    fits,
    now,
    post_of,
    told_post,
)
from shouwang.config.django_start import with_django


@click.command()
@click.argument("login")
@click.argument("kind")
@click.option("--region", required=True, help="Where the post serves.")
@click.option("--department", default="", help="For posts of several departments.")
@click.option("--territory", multiple=True, help="An area it covers; may be repeated. Else the region.")
@click.option("--since", type=DAY, help="First day; else today.")
@click.option("--until", type=DAY, help="Last day; else without end.")
@AS_JSON
@with_django
def appoint(
    *,
    login: str,
    kind: str,
    region: str,
    department: str,
    territory: tuple[str, ...],
    since: datetime | None,
    until: datetime | None,
    as_json: bool,
) -> None:
    """Give LOGIN a post of KIND, as docs/policy/posts.md lists them."""
    from shouwang.domains.people.services import appoint as give_post

    person = account(login)
    post = fits(
        lambda: give_post(
            person,
            kind=kind,
            department=department,
            region=region,
            territory=territory or (region,),
            since=day(since),
            until=until and until.date(),
            by=by(),
            at=now(),
        )
    )
    answer(told_post(post) | {"login": person.login}, as_json)


@click.command()
@click.argument("login")
@click.argument("post", type=click.UUID)
@click.option("--on", "last", type=DAY, help="Last day it is held; else today.")
@AS_JSON
@with_django
def end(*, login: str, post: UUID, last: datetime | None, as_json: bool) -> None:
    """End a POST of LOGIN, as `list` names it; its deputies end with it."""
    from shouwang.domains.people.services import end_post

    held = post_of(account(login).county, post)
    fits(lambda: end_post(held, last_day=day(last), by=by(), at=now()))
    answer(told_post(held), as_json)


@click.command()
@click.argument("post", type=click.UUID)
@click.argument("login")
@click.option("--since", type=DAY, help="First day; else today.")
@click.option("--until", type=DAY, required=True, help="Last day.")
@AS_JSON
@with_django
def deputise(*, post: UUID, login: str, since: datetime | None, until: datetime, as_json: bool) -> None:
    """LOGIN stands in for the holder of POST for some days."""
    from shouwang.domains.people.services import deputise as stand_in

    deputy = account(login)
    held = post_of(deputy.county, post)
    given = fits(lambda: stand_in(held, deputy, since=day(since), until=until.date(), by=by(), at=now()))
    answer(told_post(given) | {"login": deputy.login, "deputy_of": str(post)}, as_json)
