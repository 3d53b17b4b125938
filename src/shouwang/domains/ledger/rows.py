"""The three shapes of row every room builds on, keyed for growth (design §9)."""

from typing import Any

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
    """A business row whose newest state stands, as a salted digest, in the line of its last act."""

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


def sealed_fields(model: type[models.Model]) -> "tuple[models.Field[Any, Any], ...]":
    """What a digest covers: every stored column but the salt and what the database derives itself."""
    return tuple(f for f in model._meta.concrete_fields if not f.generated and f.attname != "salt")
