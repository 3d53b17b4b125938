"""Sheets and the values they gave: lists, one sheet, and what stands over a county, for its pack."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from django.db import connection
from django.db.models import Count, Q

from .models import Adopted, AdoptedTable, Adoption

# Sheets are only added and taken back, so these four tell whether anything changed.
MARK = """
SELECT county, count(*), count(withdrawn_on), max(id::text)
FROM adoptions_adoption WHERE county = ANY(%s) GROUP BY county ORDER BY county
"""
Mark = tuple[tuple[str, int, int, str], ...]


class Given(NamedTuple):
    """A value of a sheet with what it rests on, as a pack is laid over with it."""

    county: str
    parameter: str
    value: str
    since: date
    number: str
    signer: str
    signed_on: date
    withdrawn_on: date | None
    sheet: UUID


def mark(counties: Sequence[str]) -> Mark:
    """What changes whenever a sheet of these offices is adopted or taken back; one small statement."""
    with connection.cursor() as cursor:
        cursor.execute(MARK, [list(counties)])
        return tuple(cursor.fetchall())


def given(counties: Sequence[str]) -> list[Given]:
    """Every value these offices ever gave, in the order in which they were entered."""
    rows = Adopted.objects.filter(county__in=counties).order_by("adoption__at", "adoption_id", "parameter")
    return [
        Given(*row)
        for row in rows.values_list(
            "county", "parameter", "value", "since", "adoption__number", "adoption__signer",
            "adoption__signed_on", "adoption__withdrawn_on", "adoption_id",
        )
    ]  # fmt: skip


class GivenTable(NamedTuple):
    """A decision table of a sheet, in codes, with what it rests on."""

    county: str
    table: str
    rows: str
    since: date
    withdrawn_on: date | None
    sheet: UUID


def given_tables(counties: Sequence[str]) -> list[GivenTable]:
    """Every table these offices ever gave, in the order in which they were entered."""
    rows = AdoptedTable.objects.filter(county__in=counties).order_by("adoption__at", "adoption_id", "table")
    names = ("county", "table", "rows", "since", "adoption__withdrawn_on", "adoption_id")
    return [GivenTable(*row) for row in rows.values_list(*names)]


def sheets(
    counties: Sequence[str], *, limit: int = 50, after: tuple[datetime, UUID] | None = None
) -> list[Adoption]:
    """Sheets of these offices, the newest first, each with how many values it gave (`n`)."""
    rows = Adoption.objects.filter(county__in=counties).annotate(n=Count("adopted"))
    if after is not None:
        rows = rows.filter(Q(at__lt=after[0]) | Q(at=after[0], id__lt=after[1]))
    return list(rows.order_by("-at", "-id")[:limit])


def sheet(counties: Sequence[str], id: UUID) -> Adoption | None:  # noqa: A002
    return Adoption.objects.filter(county__in=counties, id=id).first()


def same(region: str, fingerprint: str) -> Adoption | None:
    """The sheet in force that was handed in with the same contents."""
    rows = Adoption.objects.filter(region=region, fingerprint=fingerprint, withdrawn_on=None)
    return rows.first()


def tables_of(of: Adoption) -> list[AdoptedTable]:
    return list(AdoptedTable.objects.filter(county=of.county, adoption=of).order_by("table"))


def values_of(of: Adoption) -> list[Adopted]:
    return list(Adopted.objects.filter(county=of.county, adoption=of).order_by("parameter"))
