"""Sealed values encrypted anew (换密): what a row says stays, its digest does not, and a line tells both."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from .acts import Act, before, keep_batch
from .digests import digest_of
from .minting import mint, salt
from .models import Line, Resealing
from .rows import Sealed
from .write import Change


def reseal(act: Act, column: str, anew: Sequence[tuple[Sealed, Any]]) -> Line:
    """Give each row its new value of `column`, all under one line. Raises Stale, and then nothing was written."""
    changes, kept = [], []
    for row, value in anew:
        stood = before(row, column)
        setattr(row, column, value)
        changes.append(Change(row=row, fields=(column,), expected=stood.expected))
        kept.append(
            Resealing(
                id=mint(act.at),
                county=row.county,
                region=row.region,
                salt=salt(),
                object=row.pk,
                before=stood.digest,
                after=digest_of(row),
            )
        )
    return keep_batch(
        act,
        object_id=mint(act.at),
        kind=anew[0][0]._meta.label,
        items=[bytes(one.after) for one in kept],
        enclosed=kept,
        changes=changes,
    )


def resealings(county: str, objects: Iterable[UUID]) -> dict[UUID, list[Resealing]]:
    """How often and when each row was sealed anew, the earliest first."""
    found: dict[UUID, list[Resealing]] = {}
    for one in Resealing.objects.filter(county=county, object__in=list(objects)).order_by("id"):
        found.setdefault(one.object, []).append(one)
    return found


def first_digest(row: Sealed, found: Mapping[UUID, Sequence[Resealing]]) -> bytes | None:
    """The digest an append-only row was written with; None when its resealings do not lead from there to here."""
    digest = digest_of(row)
    steps = {bytes(one.after): bytes(one.before) for one in found.get(row.pk, ())}
    while digest in steps:
        digest = steps.pop(digest)
    return None if steps else digest
