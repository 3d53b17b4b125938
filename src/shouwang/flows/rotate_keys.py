"""Rotate the keys (密钥轮换): whatever is sealed by an older key is sealed anew by the newest, batch by batch.

Each batch is one transaction with one line in the ledger, so a stop at any moment loses nothing, and beginning again
goes on where it stopped: what the newest key sealed already is left alone.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from shouwang.domains.files.holding import heads_of_held
from shouwang.domains.hazards import reporters as hazards
from shouwang.domains.households import doors
from shouwang.domains.households import sealed_fields as households
from shouwang.domains.ledger.acts import Act
from shouwang.domains.ledger.resealing import reseal
from shouwang.domains.peers import keys as peers
from shouwang.domains.people import resealing as people
from shouwang.domains.people.crypto import KEY_ZERO, Unreadable, decrypt, encrypt, sealed_by, seals
from shouwang.domains.people.keyring import forget, named, newest
from shouwang.domains.people.resealing import SealedColumn
from shouwang.domains.records import personal as records
from shouwang.domains.sites import codes as sites
from shouwang.domains.volunteers import names

from .sight import pack

COLUMNS = (
    *people.COLUMNS, *records.COLUMNS, *hazards.COLUMNS, *households.COLUMNS, *doors.COLUMNS, *sites.COLUMNS,
    *names.COLUMNS, *peers.COLUMNS,
)  # fmt: skip
BATCH = 200


class NotRetired(Exception):
    """A key cannot be retired; the message says why."""


@dataclass(kw_only=True)
class Resealed:
    """How many values were sealed anew, and how many no key opens any more."""

    values: int = 0
    unreadable: int = 0


def reseal_everything(*, now: datetime) -> Resealed:
    """Seal everything by the newest key; until a whole round finds nothing, since people go on working."""
    told = Resealed()
    while done := _round(told, now=now):
        told.values += done
    return told


def sealed_values() -> Counter[str]:
    """How many values each key has sealed, in every table, and among the files that wait for somebody."""
    found: Counter[str] = Counter()

    def count(sealed: bytes, _bound_to: bytes) -> bytes:
        found[sealed_by(sealed) or ""] += 1
        return sealed

    for column in COLUMNS:
        for county in column.counties():
            last: UUID | None = None
            while rows := column.after(county, last, most=BATCH):
                for row in rows:
                    column.touched(row, count)
                last = rows[-1].pk
    found.update(sealed_by(head) or "" for head in heads_of_held())
    return found


def retire_key(name: str, *, now: datetime) -> None:
    """Delete the secret of a key that seals nothing any more. Raises NotRetired."""
    key = named(name)
    if name == KEY_ZERO:
        raise NotRetired("key 0 is derived from SHOUWANG_SECRET_KEY: change that instead")
    if key is None or key.retired_at is not None:
        raise NotRetired(f"there is no key {name}, or it is retired already")
    if key == newest():
        raise NotRetired(f"key {name} seals what is written now: make another first")
    if left := sealed_values()[name]:
        raise NotRetired(f"key {name} still seals {left} values: run `shouwang keys rotate --resume` first")
    forget(name, now=now)


def _round(told: Resealed, *, now: datetime) -> int:
    told.unreadable, done = 0, 0
    for column in COLUMNS:
        for county in column.counties():
            last: UUID | None = None
            while (batch := _batch(column, county, last, now=now)).last is not None:
                last, done = batch.last, done + batch.values
                told.unreadable += batch.unreadable
    return done


@dataclass(kw_only=True)
class _Batch:
    """What became of some rows; `last` is None when there were none."""

    last: UUID | None = None
    values: int = 0
    unreadable: int = 0

    def touch(self, sealed: bytes, bound_to: bytes) -> bytes:
        if sealed_by(sealed) == seals():
            return sealed
        try:
            plain = decrypt(sealed, bound_to=bound_to)
        except Unreadable:
            self.unreadable += 1
            return sealed
        self.values += 1
        return encrypt(plain, bound_to=bound_to)


def _batch(column: SealedColumn, county: str, last: UUID | None, *, now: datetime) -> _Batch:
    batch = _Batch()
    with transaction.atomic():
        anew = []
        for row in column.after(county, last, most=BATCH, lock=True):
            batch.last, before = row.pk, batch.values
            value = column.touched(row, batch.touch)
            if batch.values > before:
                anew.append((row, value))
        if anew:
            act = Act(room="ledger", name="reseal", region=county, at=now, pack=pack().version)
            reseal(act, column.name, anew)
    return batch
