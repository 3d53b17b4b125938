"""The three shapes of row every room builds on, keyed for growth (design §9)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from operator import attrgetter
from typing import Any, ClassVar, Self
from uuid import UUID

from django.db import models
from django.db.models.base import ModelState
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

    @classmethod
    def fresh(cls, **values: Any) -> Self:
        """A row not yet written, of these values of its columns; TypeError for a name that is none.

        As calling the class, without its signals and its step from field to field: a report makes eight rows, and so
        they were a tenth of it.
        """
        blank = _blank(cls)
        if not values.keys() <= blank.names:
            raise TypeError(f"{cls.__name__} has no {', '.join(sorted(values.keys() - blank.names))}")
        row = cls.__new__(cls)
        row.__dict__ = {
            "_state": ModelState(), **blank.plain, **{name: make() for name, make in blank.made}, **values
        }  # fmt: skip
        return row


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


@dataclass(frozen=True)
class Blank:
    """The columns of a new row, with what stands in those that nobody fills; `made` ones are another for each row."""

    names: frozenset[str]
    plain: dict[str, Any]
    made: tuple[tuple[str, Callable[[], Any]], ...]


@cache
def _blank(model: type[models.Model]) -> Blank:
    fields = [field for field in model._meta.concrete_fields if not field.generated]
    made = {field.attname: field.default for field in fields if field.has_default() and callable(field.default)}
    plain = {field.attname: field.get_default() for field in fields if field.attname not in made}
    return Blank(names=frozenset(field.attname for field in fields), plain=plain, made=tuple(made.items()))


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
