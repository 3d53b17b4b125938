"""Keeping an act: one transaction, one line, everything it wrote sealed by it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import models

from shouwang.kernel.codes import county_of
from shouwang.kernel.merkle import root

from .digests import digest_of, enclosed_root
from .minting import mint, salt
from .models import Item, Line
from .rows import Enclosed, Sealed
from .write import Change, write


@dataclass(frozen=True, kw_only=True)
class Act:
    """Who did what, where, when, on which ground. Free text and personal data stay out (design §3)."""

    room: str
    name: str
    region: str
    at: datetime
    pack: str
    actor: UUID | None = None
    post: str = ""
    reason: str = ""
    clause: str = ""


@dataclass(frozen=True, kw_only=True)
class By:
    """Whose act it is, by which post, when and on which ground; nobody's where the house or a stranger acts."""

    actor: UUID | None
    post: str
    at: datetime
    pack: str
    clause: str

    def act(self, room: str, name: str, *, region: str) -> Act:
        return Act(
            room=room, name=name, region=region, at=self.at, pack=self.pack, actor=self.actor, post=self.post,
            clause=self.clause,
        )  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Before:
    """How a row stood when it was read; `keep` refuses to write over anybody else's change."""

    digest: bytes
    expected: dict[str, Any]


def before(row: Sealed, *fields: str) -> Before:
    """Remember `row` before changing it; `fields` must still hold when the act is written."""
    return Before(digest=digest_of(row), expected={name: getattr(row, name) for name in fields})


def keep(
    act: Act,
    *,
    subject: Sealed,
    changed: tuple[Before, tuple[str, ...]] | None = None,
    enclosed: Sequence[Enclosed] = (),
    also: Sequence[models.Model] = (),
) -> Line:
    """Write `subject` (new, or `changed` in the named fields), its `enclosed` rows, `also` rows and the line.

    `also` is for rows that prove nothing themselves: deltas, keys. Raises write.Stale, IntegrityError.
    """
    line = _line(act, subject=subject, earlier=changed[0].digest if changed else None)
    for row in enclosed:
        row.line = line.id
    line.enclosed = enclosed_root(enclosed)
    if changed is None:
        write([subject, *enclosed, line, *also])
    else:
        change = Change(row=subject, fields=changed[1], expected=changed[0].expected)
        write([*enclosed, line, *also], changes=[change])
    return line


@dataclass(frozen=True, kw_only=True)
class Kept:
    """One of many acts that are written together: its new subject, what it encloses, rows beside it."""

    act: Act
    subject: Sealed
    enclosed: tuple[Enclosed, ...] = ()
    also: tuple[models.Model, ...] = ()


def keep_all(kept: Sequence[Kept]) -> None:
    """Many acts that are each an act of their own, with a line each, in one statement. Raises IntegrityError."""
    rows: list[models.Model] = []
    for one in kept:
        line = _line(one.act, subject=one.subject, earlier=None)
        for row in one.enclosed:
            row.line = line.id
        line.enclosed = enclosed_root(one.enclosed)
        rows += [one.subject, *one.enclosed, line, *one.also]
    if rows:
        write(rows)


def keep_batch(
    act: Act,
    *,
    object_id: UUID,
    kind: str,
    items: Sequence[bytes],
    enclosed: Sequence[Enclosed] = (),
    rows: Sequence[models.Model] = (),
    changes: Sequence[Change] = (),
) -> Line:
    """One line for a bulk act or import: its digest is the Merkle root of the items' canonical bytes.

    `enclosed` rows are sealed by the line as well; `rows` prove nothing themselves. Raises write.Stale.
    """
    line = _line(act, subject=None, earlier=None)
    line.object, line.kind, line.count = object_id, kind, len(items)
    for row in enclosed:
        row.line = line.id
    line.after, line.enclosed = root(items, settings.DIGEST), enclosed_root(enclosed)
    write([*enclosed, *rows, line], changes=changes)
    return line


def keep_many(
    act: Act,
    *,
    object_id: UUID,
    subjects: Sequence[Sealed],
    enclosed: Sequence[Enclosed] = (),
    also: Sequence[models.Model] = (),
) -> Line:
    """Write many new `subjects` under one line: its digest is the Merkle root of theirs, each kept as an item."""
    line = _line(act, subject=None, earlier=None)
    items = [_item(row, at=act.at) for row in subjects]
    for row in (*enclosed, *items):
        row.line = line.id
    line.object, line.kind, line.count = object_id, subjects[0]._meta.label, len(subjects)
    line.after = root([bytes(item.after) for item in items], settings.DIGEST)
    line.enclosed = enclosed_root([*enclosed, *items])
    write([*subjects, *enclosed, *items, line, *also])
    return line


def line_of_many(act: Act, *, object_id: UUID, kind: str, count: int) -> Line:
    """The line of a bulk act whose rows a room writes in its own way; `after` and `enclosed` are the room's to fill."""
    line = _line(act, subject=None, earlier=None)
    line.object, line.kind, line.count = object_id, kind, count
    return line


def _item(row: Sealed, *, at: datetime) -> Item:
    return Item(
        id=mint(at), county=row.county, region=row.region, salt=salt(), object=row.pk, after=digest_of(row)
    )


def _line(act: Act, *, subject: Sealed | None, earlier: bytes | None) -> Line:
    line = Line.fresh(
        id=mint(act.at),
        county=county_of(act.region),
        region=act.region,
        at=act.at,
        actor=act.actor,
        post=act.post,
        room=act.room,
        act=act.name,
        before=earlier,
        reason=act.reason,
        clause=act.clause,
        pack=act.pack,
    )
    if subject is not None:
        line.object, line.kind, line.after = subject.pk, subject._meta.label, digest_of(subject)
    return line
