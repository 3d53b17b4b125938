"""`shouwang user token`: a token for another system, such as the 12345 platform, in the name of its own account."""

import click

from shouwang.config.administering import AS_JSON, account, answer, fits, now
from shouwang.config.django_start import with_django

LONGEST = 400


@click.command()
@click.argument("login")
@click.option("--days", type=click.IntRange(1, LONGEST), default=180, show_default=True, help="Ends by itself after.")
@AS_JSON
@with_django
def token(*, login: str, days: int, as_json: bool) -> None:
    """Print a token once; nobody can print it again. `shouwang user lock` ends it at once."""
    from datetime import timedelta

    from shouwang.domains.people.sessions import service_token

    at = now()
    person = fits(lambda: account(login))
    made = service_token(person, lasts=timedelta(days=days), now=at)
    answer({"login": login, "token": made, "ends": (at + timedelta(days=days)).date().isoformat()}, as_json)
