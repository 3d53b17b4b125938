"""`shouwang user`: accounts, looked after by whoever runs this machine."""

import json
import secrets
import sys
from typing import TYPE_CHECKING

import click

from shouwang.config.administering import AS_JSON, account, answer, by, day, fits, now, told_person, told_post
from shouwang.config.commands.user_posts import appoint, deputise, end
from shouwang.config.commands.user_token import token
from shouwang.config.django_start import with_django

if TYPE_CHECKING:
    from shouwang.domains.people.models import Person


@click.group()
def user() -> None:
    """Accounts (账号), posts (岗位) and deputies (代理)."""


for command in (appoint, end, deputise, token):
    user.add_command(command)


@user.command()
@click.argument("login")
@click.option("--name", required=True, help="As on the work card.")
@click.option("--region", required=True, help="Code of the area that is the person's home.")
@click.option("--language", default="zh-hans", show_default=True, help="zh-hans, ko or en.")
@click.option("--no-password", is_flag=True, help="The person comes by an identity provider or a host app.")
@AS_JSON
@with_django
def add(*, login: str, name: str, region: str, language: str, no_password: bool, as_json: bool) -> None:
    """Open an account. The password printed is good for one sign-in, which asks for another."""
    from shouwang.domains.people.services import enrol_person, set_password

    at, keeper = now(), by()
    person = fits(
        lambda: enrol_person(login=login, name=name, region=region, language=language, by=keeper, at=at)
    )
    told = told_person(person)
    if not no_password:
        told["password"] = _made_up(person)
        set_password(person, told["password"], by=keeper, at=at)
    answer(told, as_json)


@user.command()
@click.argument("login")
@click.option("--stdin", "from_stdin", is_flag=True, help="Read the password from the first line of stdin.")
@AS_JSON
@with_django
def password(login: str, from_stdin: bool, as_json: bool) -> None:
    """Give a new password, made up unless --stdin; its first sign-in asks for another."""
    from shouwang.domains.people.passwords import faults
    from shouwang.domains.people.profiles import profile
    from shouwang.domains.people.services import set_password

    person = account(login)
    given = sys.stdin.readline().rstrip("\r\n") if from_stdin else _made_up(person)
    if found := faults(given, login=person.login, name=person.name, rules=profile()):
        raise click.ClickException("password: " + " ".join(found))
    set_password(person, given, by=by(), at=now())
    answer(told_person(person) | ({} if from_stdin else {"password": given}), as_json)


@user.command("totp-reset")
@click.argument("login")
@AS_JSON
@with_django
def totp_reset(login: str, as_json: bool) -> None:
    """The phone with the codes is lost: the next sign-in sets up another. Ends the person's sessions."""
    from shouwang.domains.people.services import reset_code

    person = account(login)
    reset_code(person, by=by(), at=now())
    answer(told_person(person), as_json)


@user.command()
@click.argument("login")
@click.argument("subject", default="")
@AS_JSON
@with_django
def link(login: str, subject: str, as_json: bool) -> None:
    """Say who LOGIN is elsewhere: 'oidc:…' at the identity provider, 'ticket:…' in the host app."""
    from shouwang.domains.people.services import link as link_subject

    person = account(login)
    fits(lambda: link_subject(person, subject, by=by(), at=now()))
    answer(told_person(person) | {"subject": subject}, as_json)


@user.command()
@click.argument("login")
@AS_JSON
@with_django
def lock(login: str, as_json: bool) -> None:
    """Close an account and end its sessions; posts and history stay."""
    from shouwang.domains.people.services import lock as close

    person = account(login)
    close(person, by=by(), at=now())
    answer(told_person(person), as_json)


@user.command()
@click.argument("login")
@AS_JSON
@with_django
def unlock(login: str, as_json: bool) -> None:
    """Open an account again and forget its failed tries."""
    from shouwang.domains.people.services import unlock as reopen

    person = account(login)
    reopen(person, by=by(), at=now())
    answer(told_person(person), as_json)


@user.command("list")
@click.option("--below", default="", help="Only people whose home lies in this area.")
@click.option("--after", default="", help="Login after which to go on.")
@click.option("--limit", default=50, show_default=True, type=click.IntRange(1, 1000))
@AS_JSON
@with_django
def list_users(*, below: str, after: str, limit: int, as_json: bool) -> None:
    """People by name, each with the posts held today."""
    from shouwang.domains.people.queries import counties, people, posts_held
    from shouwang.kernel.codes import is_region

    if below and not is_region(below):
        raise click.ClickException(f"below: {below} is not a region code")
    last = account(after) if after else None
    found = people(
        [below] if below else counties(), after=(last.name, last.id) if last else None, limit=limit
    )
    held = posts_held(found, on=day(None))
    rows = [told_person(one) | {"posts": [told_post(post) for post in held[one.id]]} for one in found]
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    for row in rows:
        posts = "; ".join(f"{post['kind']} {post['region']} ({post['id']})" for post in row["posts"])
        closed = "" if row["active"] else "  closed"
        click.echo(f"{row['login']:<32}  {row['name']}  {row['region']:<15}  {posts or '-'}{closed}")


def _made_up(person: "Person") -> str:
    """A password nobody chose, that the profile would take."""
    from shouwang.domains.people.passwords import faults
    from shouwang.domains.people.profiles import profile

    while True:
        made = secrets.token_urlsafe(15)
        if not faults(made, login=person.login, name=person.name, rules=profile()):
            return made
