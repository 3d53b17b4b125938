"""`shouwang simulate`: peoples a fresh installation and lets two months go by."""

from datetime import timedelta

import click

from shouwang.config.django_start import with_django


@click.command()
@click.option("--seed", default=2023, show_default=True, help="The same seed lives the same life.")
@click.option("--days", default=61, show_default=True)
@with_django
def simulate(seed: int, days: int) -> None:
    """Fill an empty installation with two seeded months, through the flows that people use."""
    from random import Random

    from django.db import connection
    from django.utils import timezone

    from shouwang.domains.hazards.queries import any_case
    from shouwang.flows.sight import pack
    from shouwang.simulation.life import Life
    from shouwang.simulation.settling import settle

    if any_case():
        raise click.ClickException("This installation has cases of its own; only an empty one is filled.")
    now, dice = timezone.now(), Random(seed)  # noqa: S311 - the same seed lives the same life
    last = timezone.localdate(now)
    first = last - timedelta(days=days - 1)
    # A simulated act that a power cut would lose is simulated again; nobody waits for its disk.
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit TO off")
    town = settle(pack(), dice, at=now - timedelta(days=days))
    life = Life(pack=pack(), town=town, dice=dice)
    reported = life.live(first, last, until=now, tell=lambda words: click.echo(words, err=True))
    click.echo(f"{len(town.everybody)} people, {reported} hazards over {days} days, "
        f"{len(life.cases)} open, {life.paperwork.kept} records, "
        f"{life.visits} visits to {len(life.rounds.homes)} homes, "
        f"{life.ringing.rang} alarms of {len(life.ringing.detectors.known)} devices")
