"""The rules of growth (docs/architecture.md, "From one machine to a nation"), walked over every model."""

import ast
import re

import pytest
from django.apps import apps
from django.db import models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations import AddField
from django.db.models.functions import Left

from shouwang.domains.ledger.rows import Sealed
from tests.house.sources import PACKAGE, code, every, tree

ROOMS = [config.label for config in apps.get_app_configs() if config.name.startswith("shouwang.domains.")]
MODELS = [model for model in apps.get_models() if model._meta.app_label in ROOMS]
GROWTH_KEYS = {"county", "region"}
STARTS = {"county", "township", "region"}
# Lower rooms first: a foreign key, a string too, follows the imports.
ORDER = {
    "ledger": 0, "files": 1, "areas": 2, "people": 3, "duties": 4, "hazards": 4, "adoptions": 4, "records": 4,
    "letters": 4, "training": 4, "suggestions": 4, "devices": 4, "alarms": 4, "households": 4, "patrols": 4,
    "sites": 4, "volunteers": 4, "peers": 4,
}  # fmt: skip
# What is looked up before anybody knows the county: no list is read from these.
LOOKUPS = {"people_signing_in", "people_by_subject"}
VOLATILE = re.compile(
    r"CREATE\s+(OR\s+REPLACE\s+)?TRIGGER|\bTRUNCATE\b|\b(?:FROM|JOIN|INTO|UPDATE|TABLE)\s+\"?public\"?\.|CREATE\s+SCHEMA"
    r"|(?:SET|DO UPDATE)\b[^;]*\b(?:now|clock_timestamp|random|gen_random_uuid)\(\)",
    re.IGNORECASE,
)

each_model = every(MODELS, ids=lambda m: m._meta.label)


def text_column(model, field_name):
    try:
        return model._meta.get_field(field_name)
    except models.FieldDoesNotExist:
        return None


def keys(model):
    """Every unique key but the primary one, as lists of column names."""
    meta = model._meta
    for constraint in meta.constraints:
        if isinstance(constraint, models.UniqueConstraint):
            yield list(constraint.fields) or [getattr(e, "name", str(e)) for e in constraint.expressions]
    yield from (list(together) for together in meta.unique_together)
    yield from ([field.attname] for field in meta.concrete_fields if field.unique and not field.primary_key)


def test_there_is_something_to_walk():
    assert len(MODELS) > 10


@each_model
def test_county_is_plain_and_never_empty(model):
    county = text_column(model, "county")
    assert county is not None and not county.null and not county.generated
    assert county.max_length == 6


@each_model
def test_region_and_county_are_held_together_by_a_check(model):
    region = text_column(model, "region")
    assert region is not None and not region.null
    checks = [c for c in model._meta.constraints if isinstance(c, models.CheckConstraint)]
    assert any(c.condition == models.Q(county=Left("region", 6)) for c in checks)


@each_model
def test_no_id_is_counted_up_by_the_database(model):
    assert not isinstance(model._meta.pk, models.AutoField)
    assert isinstance(model._meta.pk, models.UUIDField | models.CharField | models.CompositePrimaryKey)


@each_model
def test_every_other_unique_key_starts_with_county_or_region(model):
    assert [key for key in keys(model) if key[0] not in GROWTH_KEYS] == []


@each_model
def test_no_generated_column_stands_in_a_key(model):
    generated = {f.name for f in model._meta.concrete_fields if f.generated}
    assert [key for key in keys(model) if generated & set(key)] == []


@each_model
def test_lists_start_their_index_with_county_township_or_region(model):
    first = {index.name: index.fields[0].lstrip("-") for index in model._meta.indexes if index.fields}
    assert {name for name, column in first.items() if column not in STARTS} - LOOKUPS == set()


@each_model
def test_indexes_and_constraints_are_named_after_their_room(model):
    room = model._meta.app_label
    names = [x.name for x in [*model._meta.indexes, *model._meta.constraints]]
    assert [n for n in names if not n.startswith(f"{room}_")] == []
    assert not any(field.db_index and not field.unique for field in model._meta.concrete_fields)


@each_model
def test_a_column_that_came_later_is_named_so_that_older_digests_hold(model):
    """An empty new column must not stand in the digest of a row that was sealed before it was there."""
    if not issubclass(model, Sealed):
        return
    added = {
        operation.name
        for (room, _name), migration in MigrationLoader(None).disk_migrations.items()
        if room == model._meta.app_label
        for operation in migration.operations
        if isinstance(operation, AddField) and operation.model_name == model._meta.model_name
    }
    assert {model._meta.get_field(one).attname for one in added} == model.later


@each_model
def test_foreign_keys_stay_in_their_room_or_point_below_it(model):
    room = model._meta.app_label
    targets = {
        field.name: field.related_model._meta.app_label
        for field in model._meta.concrete_fields
        if field.remote_field
    }
    assert {k: v for k, v in targets.items() if v != room and ORDER[v] >= ORDER[room]} == {}


def statements(path):
    """Texts in a module that may be SQL: every constant one, parts of joined ones too."""
    constants = (n.value for n in ast.walk(tree(path)) if isinstance(n, ast.Constant))
    return [text for text in constants if isinstance(text, str)]


def test_the_detector_knows_what_does_not_travel():
    for refused in ("CREATE TRIGGER t", "UPDATE x SET at = now()", "SELECT 1 FROM public.x", "TRUNCATE x"):
        assert VOLATILE.search(refused)
    assert not VOLATILE.search("UPDATE x SET at = %s; SELECT now()")


@every(code())
def test_raw_sql_keeps_to_what_travels(path):
    assert [text for text in statements(path) if VOLATILE.search(text)] == []


@pytest.mark.parametrize("label", ROOMS)
def test_each_room_has_one_first_migration(label):
    folder = PACKAGE / "domains" / label / "migrations"
    firsts = sorted(p.name for p in folder.glob("0001_*.py"))
    assert firsts in ([], ["0001_initial.py"])
    assert bool(firsts) == any(m._meta.app_label == label for m in MODELS)
