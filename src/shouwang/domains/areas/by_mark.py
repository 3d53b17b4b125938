"""Lists of what stands behind a door (门标): by area and door mark, a page at a time."""

from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db.models import BooleanField, Model, QuerySet
from django.db.models.expressions import RawSQL

from shouwang.kernel.codes import is_region

Key = tuple[str, str]
R = TypeVar("R", bound=Model)


@dataclass(frozen=True, kw_only=True)
class Page(Generic[R]):
    """One page; `after` is the key of its last row, None on the last page."""

    rows: list[R]
    after: Key | None


def page(rows: "QuerySet[R]", *, limit: int, after: Key | None = None) -> Page[R]:
    """Of rows with the columns `region` and `mark`."""
    if after is not None:
        rows = rows.filter(RawSQL("(region, mark) > (%s, %s)", after, output_field=BooleanField()))
    found = list(rows.order_by("region", "mark")[: limit + 1])
    last: Any = found[limit - 1] if len(found) > limit else None
    return Page(rows=found[:limit], after=(last.region, last.mark) if last else None)


def key_of(text: str) -> Key | None:
    """Where a page goes on, as its address says it; what cannot be read is the first page."""
    region, _sep, mark = text.partition("~")
    return (region, mark) if is_region(region) and mark and "\x00" not in mark else None
