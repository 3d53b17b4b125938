"""Salted digests of rows and lines, as they stand in the ledger."""

from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.db import models

from shouwang.kernel.digest import canonical, seal
from shouwang.kernel.merkle import leaf_hash, root

from .models import Line
from .rows import Enclosed, Sealed, sealed

LEAF_FIELDS = tuple(f.attname for f in Line._meta.concrete_fields if f.attname != "leaf")


def digest_of(row: Sealed) -> bytes:
    """Digest of a business row, keyed by its own salt: deleting the row leaves nothing to guess."""
    shape = sealed(type(row))
    values = dict(zip(shape.names, shape.values(row, _as_python), strict=True))
    for name in row.later:
        if _is_empty(values[name]):
            del values[name]
    return seal(bytes(row.salt), values, algorithm=settings.DIGEST)


def _is_empty(value: Any) -> bool:
    return value is None or value is False or value in ("", {}, [])


def _as_python(field: "models.Field[Any, Any]", value: Any) -> Any:
    return field.to_python(value)


def enclosed_root(rows: Iterable[Enclosed], digest: Callable[[Enclosed], bytes] = digest_of) -> bytes:
    """Root over the append-only rows of one act, in the order of their tables and ids; empty for none."""
    digests = [digest(row) for row in sorted(rows, key=_place)]
    return root(digests, settings.DIGEST) if digests else b""


def _place(row: models.Model) -> tuple[str, str]:
    return row._meta.label, str(row.pk)


def leaf_text(line: Line) -> bytes:
    """The bytes a stranger hashes: a line without personal data, with its position."""
    return canonical({name: getattr(line, name) for name in LEAF_FIELDS})


def leaf_of(line: Line) -> bytes:
    return leaf_hash(leaf_text(line), settings.DIGEST)
