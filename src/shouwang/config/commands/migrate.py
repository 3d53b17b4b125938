"""`shouwang migrate`: brings the tables up to this version and the areas up to the pack."""

import click

from shouwang.config.django_start import with_django


@click.command()
@click.option("--plan", is_flag=True, help="Only say what would be done.")
@with_django
def migrate(plan: bool) -> None:
    """Bring the database up to this version; additive only, so it may run while the old one serves."""
    from django.core.management import call_command

    call_command("migrate", plan=plan, verbosity=1 if plan else 0, interactive=False)
    if not plan:
        click.echo("The tables are up to date.")
