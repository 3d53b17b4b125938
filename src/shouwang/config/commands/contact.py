"""`shouwang contact`: where a person or an office is reached outside of this house (通知渠道), and what arrived."""

import json
import sys
from typing import TYPE_CHECKING, Any
from uuid import UUID

import click

from shouwang.config.administering import AS_JSON, account, answer, by, fits, now
from shouwang.config.django_start import with_django

if TYPE_CHECKING:
    from shouwang.domains.people.models import Contact

KINDS = ("wecom", "dingtalk", "feishu", "email", "webhook")


@click.group()
def contact() -> None:
    """Channels of people and offices."""


@contact.command()
@click.argument("kind", type=click.Choice(KINDS))
@click.option("--login", default="", help="Of a person; else --region.")
@click.option("--region", default="", help="Of the office of an area: it hears of alarms there.")
@click.option("--quiet", type=(click.IntRange(0, 23), click.IntRange(0, 24)), help="Hours for alarms only, as 21 7.")
@AS_JSON
@with_django
def add(*, kind: str, login: str, region: str, quiet: tuple[int, int] | None, as_json: bool) -> None:
    """Read the address from stdin: a URL or e-mail address, or JSON with url, secret, to. It is kept sealed."""
    from shouwang.domains.people.contacts import add_contact
    from shouwang.kernel.codes import is_region

    if bool(login) is bool(region):
        raise click.UsageError("give either --login or --region")
    if region and not is_region(region):
        raise click.ClickException(f"region: {region} is no area code")
    address = _address(kind, sys.stdin.read().strip())
    person = account(login) if login else None
    made = fits(lambda: add_contact(kind, address, by=by(), at=now(), person=person, region=region, quiet=quiet))
    answer(_told(made), as_json)


@contact.command("list")
@click.argument("county")
@AS_JSON
@with_django
def show(county: str, as_json: bool) -> None:
    """Channels of a COUNTY, each with what became of what was sent there last."""
    from shouwang.domains.areas.queries import counties_of
    from shouwang.domains.duties.deliveries import receipts
    from shouwang.domains.people.contacts import contacts_in

    rows, below = [], counties_of(county) or [county]
    for one in contacts_in([county]):
        last = receipts(below, one.id, limit=5)
        rows.append(_told(one) | {"last": [{"state": r.state, "tries": r.tries, "reason": r.reason} for r in last]})
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    for row in rows:
        last = "; ".join(f"{r['state']} {r['reason']}".strip() for r in row["last"])
        click.echo(f"{row['id']}  {row['kind']:<9} {row['hint']:<6} {row['person'] or row['region']}  {last or '-'}")


@contact.command()
@click.argument("county")
@click.argument("id", type=click.UUID)
@with_django
def end(county: str, id: UUID) -> None:  # noqa: A002
    """Nothing more goes there."""
    from shouwang.domains.people.contacts import end_contact

    end_contact(_one(county, id), by=by(), at=now())


@contact.command()
@click.argument("county")
@click.argument("id", type=click.UUID)
@with_django
def test(county: str, id: UUID) -> None:  # noqa: A002
    """Send a word of trial there now, and say whether it was taken."""
    from shouwang.domains.people.contacts import address_of
    from shouwang.flows.send_notices import Letter, NotSent
    from shouwang.gateways.notify.channels import send

    found = _one(county, id)
    words = {"subject": "守望", "text": "通知渠道试验 Test of a channel"}
    try:
        send(Letter(id=str(found.id), kind=found.kind, address=address_of(found), urgent=False, **words))
    except NotSent as no:
        raise click.ClickException(f"not sent: {no}") from None
    click.echo("sent")


def _one(county: str, id: UUID) -> "Contact":  # noqa: A002
    from shouwang.domains.people.contacts import contacts_of_ids

    if (found := contacts_of_ids([county], [id]).get(id)) is None:
        raise click.ClickException(f"id: there is no channel {id} in {county}")
    return found


def _address(kind: str, text: str) -> dict[str, str]:
    from django.conf import settings

    from shouwang.rules.outside import is_mail_address, on_the_outside
    from shouwang.rules.telling import PARTS

    names = [name.rstrip("?") for name in PARTS[kind]]
    try:
        given = json.loads(text) if text.startswith("{") else {names[0]: text}
    except ValueError:
        raise click.ClickException("address: is neither an address nor JSON") from None
    wrong = [name for name, value in given.items() if name not in names or not isinstance(value, str) or not value]
    lacking = [name for name in PARTS[kind] if not name.endswith("?") and not given.get(name)]
    if wrong or lacking:
        raise click.ClickException(f"address: {kind} takes {', '.join(PARTS[kind])}")
    if "url" in given and not given["url"].startswith(("https://", "http://")):
        raise click.ClickException("address: url begins with https://")
    # An operator may do without a certificate; where it leads is asked for all the same.
    outward = given.get("url", "").replace("http://", "https://", 1)
    if outward and not on_the_outside(outward, inner=settings.CHANNEL_INNER_HOSTS):
        raise click.ClickException("address: is mistyped, or leads inside and is none of SHOUWANG_CHANNEL_INNER_HOSTS")
    if kind == "email" and not is_mail_address(given["to"]):
        raise click.ClickException("address: is no e-mail address")
    return given


def _told(one: "Contact") -> dict[str, Any]:
    person = str(one.person) if one.person else None
    return {"id": str(one.id), "kind": one.kind, "hint": one.hint, "person": person, "region": one.region}
