"""`shouwang messages`: the catalogues of 中文 and 조선말, without any tool from outside."""

import json

import click

from shouwang.config import catalogues


@click.group()
def messages() -> None:
    """Translations: find what is said, check that all of it is translated, compile."""


@messages.command()
def extract() -> None:
    """Bring the catalogues up to date with sources and templates."""
    for language in catalogues.LANGUAGES:
        added, dropped = catalogues.update(language)
        click.echo(f"{language}: {added} added, {dropped} dropped")


@messages.command(name="compile")
def compile_() -> None:
    """Write the .mo files that the running program reads."""
    for made in catalogues.compile_catalogues():
        click.echo(str(made.relative_to(catalogues.PACKAGE)))


@messages.command()
@click.option("--json", "as_json", is_flag=True, help="Print the faults as JSON.")
def check(as_json: bool) -> None:
    """Fail when a text lacks its translation in either language."""
    found = {language: catalogues.faults(language) for language in catalogues.LANGUAGES}
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, indent=1))
    else:
        for line in (line for lines in found.values() for line in lines):
            click.echo(line)
        click.echo(", ".join(f"{language}: {len(lines)} faults" for language, lines in found.items()))
    if any(found.values()):
        raise SystemExit(1)
