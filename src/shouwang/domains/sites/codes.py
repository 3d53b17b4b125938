"""An owner's code (场所码): long, random, naming its county; known again by its mark, printed again from the key."""

import secrets
from collections.abc import Mapping
from uuid import UUID

import msgspec
from django.db.models import Q

from shouwang.domains.people.crypto import Unreadable, decrypt, encrypt
from shouwang.domains.people.resealing import SealedColumn, Touch
from shouwang.kernel.digest import keyed

from .models import Site, Taught

PURPOSE = b"shouwang place"
RANDOM_BYTES, LONGEST = 16, 60
CONTACT, CODE, PEOPLE = "contact", "code", "people"
Told = Mapping[str, str]


def new_code(county: str) -> str:
    return f"{county[2:]}{secrets.token_hex(RANDOM_BYTES)}"


def mark_of(code: str) -> str:
    return keyed(PURPOSE, code.encode()).hex()


def sealed(row: UUID, column: str, told: object) -> bytes:
    return encrypt(msgspec.json.encode(told), bound_to=_bound(row, column))


def contact_of(site: Site) -> Told:
    """Who answers for a place, in clear; empty where its key is gone."""
    told = _opened(site.id, CONTACT, site.contact)
    return told if isinstance(told, dict) else {}


def code_of(site: Site) -> str:
    return str(_opened(site.id, CODE, site.code) or "")


def people_of(done: Taught) -> list[str]:
    """Who was taught, in clear."""
    told = _opened(done.id, PEOPLE, done.people)
    return told if isinstance(told, list) else []


def _opened(row: UUID, column: str, kept: bytes) -> object:
    try:
        return msgspec.json.decode(decrypt(bytes(kept), bound_to=_bound(row, column)))
    except Unreadable:
        return None


def _bound(row: UUID, column: str) -> bytes:
    return f"sites.{row}.{column}".encode()


def _contact_anew(site: Site, touch: Touch) -> bytes:
    return touch(bytes(site.contact), _bound(site.id, CONTACT))


def _code_anew(site: Site, touch: Touch) -> bytes:
    return touch(bytes(site.code), _bound(site.id, CODE))


def _people_anew(done: Taught, touch: Touch) -> bytes:
    return touch(bytes(done.people), _bound(done.id, PEOPLE))


COLUMNS = (
    SealedColumn(model=Site, name=CONTACT, holds=~Q(contact=b""), touched=_contact_anew),
    SealedColumn(model=Site, name=CODE, holds=~Q(code=b""), touched=_code_anew),
    SealedColumn(model=Taught, name=PEOPLE, holds=~Q(people=b""), touched=_people_anew),
)
