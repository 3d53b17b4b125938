"""Tables of the areas room: the tree of units by code, and what merged into what."""

from django.contrib.postgres.indexes import GistIndex
from django.db import models
from django.db.models import F, Func, Q

from shouwang.domains.ledger.rows import Row
from shouwang.kernel.codes import Level


class Area(Row):
    """A unit of the tree (辖区): a prefecture, county, township, village or grid, known by its `region`.

    `region` is the statistical code; `civil_code` the civil-affairs one, each with the year of its list.
    """

    level = models.CharField(max_length=12)
    kind = models.CharField(max_length=24)
    zh = models.CharField(max_length=60)
    ko = models.CharField(max_length=60, blank=True)
    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)
    year = models.PositiveSmallIntegerField()
    civil_code = models.CharField(max_length=12, blank=True)
    civil_year = models.PositiveSmallIntegerField(null=True)
    since = models.DateField(null=True)
    until = models.DateField(null=True)
    source = models.CharField(max_length=60, blank=True)
    ko_source = models.CharField(max_length=60, blank=True)
    point_source = models.CharField(max_length=60, blank=True)

    class Meta(Row.Meta):
        constraints = [
            *Row.Meta.constraints,
            models.UniqueConstraint(fields=["county", "region"], name="areas_area_by_region"),
            models.CheckConstraint(
                condition=Q(lon=None, lat=None) | Q(lon__range=(-180, 180), lat__range=(-90, 90)),
                name="areas_area_point",
            ),
        ]
        indexes = [
            models.Index(fields=["county", "level", "region"], name="areas_area_below"),
            models.Index(
                fields=["region"],
                condition=Q(level__in=[Level.PREFECTURE.value, Level.COUNTY.value]),
                name="areas_area_counties",
            ),
            GistIndex(
                Func(F("lon"), F("lat"), function="point"),
                condition=Q(lon__isnull=False),
                name="areas_area_near",
            ),
        ]


class Alias(Row):
    """From a day on, one unit goes on as another (撤并沿革); its rows keep their region."""

    target = models.CharField(max_length=15)
    since = models.DateField()
    document = models.CharField(max_length=60, blank=True)
    act = models.CharField(max_length=8, db_default="merge", default="merge")

    class Meta(Row.Meta):
        constraints = [
            *Row.Meta.constraints,
            models.UniqueConstraint(fields=["county", "region"], name="areas_alias_by_region"),
        ]


class Part(Row):
    """A unit that was split off from another (拆分沿革): whoever served that one serves this one too."""

    origin = models.CharField(max_length=15)
    since = models.DateField()
    document = models.CharField(max_length=60, blank=True)

    class Meta(Row.Meta):
        constraints = [
            *Row.Meta.constraints,
            models.UniqueConstraint(fields=["county", "region", "origin"], name="areas_part_by_region"),
        ]


class FormerName(Row):
    """What a unit was called, and what kind it was, until a day (曾用名); that day itself has the next one."""

    zh = models.CharField(max_length=60)
    ko = models.CharField(max_length=60, blank=True)
    kind = models.CharField(max_length=24)
    until = models.DateField()
    document = models.CharField(max_length=60, blank=True)

    class Meta(Row.Meta):
        constraints = [
            *Row.Meta.constraints,
            models.UniqueConstraint(fields=["county", "region", "until"], name="areas_former_name_by_day"),
        ]


class Boundary(Row):
    """The outline of a unit (界线): polygons of [lon, lat] on WGS-84, holes after their rim, and where it came from."""

    outline = models.JSONField()
    west = models.FloatField()
    south = models.FloatField()
    east = models.FloatField()
    north = models.FloatField()
    source = models.CharField(max_length=120)
    licence = models.CharField(max_length=120, blank=True)
    approval = models.CharField(max_length=60, blank=True)
    datum = models.CharField(max_length=12)
    imported_at = models.DateTimeField()

    class Meta(Row.Meta):
        constraints = [
            *Row.Meta.constraints,
            models.UniqueConstraint(fields=["county", "region"], name="areas_boundary_by_region"),
        ]
