"""An owner's code (场所码): known again by its mark, printed again from the key. And what else is sealed of a place."""

from collections.abc import Mapping

from shouwang.domains.people.seals import Seals
from shouwang.kernel.digest import keyed

from .models import Site, Taught

PURPOSE = b"shouwang place"
CONTACT, CODE, PEOPLE = "contact", "code", "people"
SEALS = Seals("sites")
COLUMNS = (SEALS.column(Site, CONTACT), SEALS.column(Site, CODE), SEALS.column(Taught, PEOPLE))
Told = Mapping[str, str]


def mark_of(code: str) -> str:
    return keyed(PURPOSE, code.encode()).hex()


def contact_of(site: Site) -> Told:
    """Who answers for a place, in clear; empty where its key is gone."""
    return SEALS.open(site.id, CONTACT, site.contact) or {}


def code_of(site: Site) -> str:
    return SEALS.open(site.id, CODE, site.code) or ""


def people_of(done: Taught) -> list[str]:
    """Who was taught, in clear."""
    return SEALS.open(done.id, PEOPLE, done.people) or []
