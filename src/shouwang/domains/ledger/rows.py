"""The three shapes of row every room builds on, keyed for growth (design §9)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from operator import attrgetter
from typing import Any, ClassVar
from uuid import UUID

from django.db import models
from django.db.models.functions import Left


class Row(models.Model):
    """A row of one county (县): minted id, `region` (辖区代码) as scope and roll-up key, plain `county`."""

    id = models.UUIDField(primary_key=True, editable=False)
    county = models.CharField(max_length=6)
    region = models.CharField(max_length=15)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=models.Q(county=Left("region", 6)), name="%(app_label)s_%(class)s_county"
            )
        ]


class Sealed(Row):
    """A business row whose newest state stands, as a salted digest, in the line of its last act.

    `later` names the columns that came after the table's first rows: while empty they stand in no digest, so that
    the lines of rows from before still hold.
    """

    later: ClassVar[frozenset[str]] = frozenset()
    salt = models.BinaryField(max_length=16, editable=False)

    class Meta(Row.Meta):
        abstract = True


class Enclosed(Sealed):
    """A row written once, inside the line of the act that wrote it."""

    line = models.UUIDField(editable=False)

    class Meta(Sealed.Meta):
        abstract = True


def township() -> models.GeneratedField:
    """The stored `township` (乡镇街道) column that lists start their index with."""
    return models.GeneratedField(
        expression=Left("region", 9), output_field=models.CharField(max_length=9), db_persist=True
    )


# Kinds of column whose values are, in Python, exactly what is digested and stored.
EXACTLY: dict[str, type] = {
    "UUIDField": UUID,
    "CharField": str,
    "TextField": str,
    "DateTimeField": datetime,
    "DateField": date,
    "BooleanField": bool,
    "FloatField": float,
    "BigIntegerField": int,
    "PositiveIntegerField": int,
    "PositiveSmallIntegerField": int,
}


@dataclass(frozen=True)
class Shape:
    """Some columns of a model, the type of each that needs no preparing, and how to read them all at once."""

    fields: "tuple[models.Field[Any, Any], ...]"
    names: tuple[str, ...]
    columns: tuple[str, ...]
    exactly: tuple[type | None, ...]
    read: Callable[[models.Model], tuple[Any, ...]]

    def values(
        self, row: models.Model, prepare: "Callable[[models.Field[Any, Any], Any], Any]"
    ) -> list[Any]:
        """The values of a row; `prepare` is asked only for those that are not what they seem."""
        return [
            value if type(value) is exact or (value is None and exact is not None) else prepare(field, value)
            for field, exact, value in zip(self.fields, self.exactly, self.read(row), strict=True)
        ]


@cache
def stored(model: type[models.Model]) -> Shape:
    """Every column that is written: all but what the database derives itself."""
    return _shape([f for f in model._meta.concrete_fields if not f.generated])


@cache
def sealed(model: type[models.Model]) -> Shape:
    """What a digest covers: every stored column but the salt."""
    return _shape([f for f in model._meta.concrete_fields if not f.generated and f.attname != "salt"])


def _shape(fields: "list[models.Field[Any, Any]]") -> Shape:
    names = tuple(field.attname for field in fields)
    return Shape(
        fields=tuple(fields),
        names=names,
        columns=tuple(field.column for field in fields),
        exactly=tuple(EXACTLY.get(_kind(field)) for field in fields),
        read=attrgetter(*names),
    )


def _kind(field: "models.Field[Any, Any]") -> str:
    """A foreign key holds what it points to."""
    pointed_to: models.Field[Any, Any] = getattr(field, "target_field", field)
    return pointed_to.get_internal_type()
