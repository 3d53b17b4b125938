"""Personal values of a record (个人信息): encrypted where they are kept, readable only behind a reason."""

from base64 import b64decode, b64encode
from collections.abc import Mapping
from typing import Any
from uuid import UUID

import msgspec
from django.db.models import BooleanField
from django.db.models.expressions import RawSQL

from shouwang.domains.people.crypto import Unreadable, decrypt, encrypt
from shouwang.domains.people.resealing import SealedColumn, Touch
from shouwang.policy.record_shapes import RecordType

from .models import Record, Step

SEALED = "sealed"


def sealed(one: RecordType, record_id: UUID, values: Mapping[str, Any]) -> dict[str, Any]:
    """The values as they are kept: personal ones can be read nowhere else than in their own record and field."""
    return {
        name: _seal(record_id, name, value) if _is_personal(one, name) else value
        for name, value in values.items()
    }


def opened(record_id: UUID, values: Mapping[str, Any]) -> dict[str, Any]:
    """The values in clear; one whose key is gone is ''."""
    return {
        name: _open(record_id, name, value) if is_sealed(value) else value for name, value in values.items()
    }


def says_the_same(record: Record, values: Mapping[str, Any], period: str, *, region: str) -> bool:
    """Whether a record says just this, its personal values included."""
    said = (opened(record.id, record.values), record.period, record.region)
    return said == (dict(values), period, region)


def is_sealed(value: object) -> bool:
    return isinstance(value, dict) and SEALED in value


def _is_personal(one: RecordType, name: str) -> bool:
    return name in one.fields and one.fields[name].personal


def _seal(record_id: UUID, name: str, value: Any) -> Any:
    if is_sealed(value):
        return value
    secret = encrypt(msgspec.json.encode(value), bound_to=_bound(record_id, name))
    return {SEALED: b64encode(secret).decode()}


def _open(record_id: UUID, name: str, value: Mapping[str, str]) -> Any:
    try:
        return msgspec.json.decode(decrypt(b64decode(value[SEALED]), bound_to=_bound(record_id, name)))
    except Unreadable:
        return ""


def _bound(record_id: UUID, name: str) -> bytes:
    return f"records.{record_id}.{name}".encode()


def _touched(record_id: UUID, values: Mapping[str, Any], touch: Touch) -> dict[str, Any]:
    return {
        name: {SEALED: b64encode(touch(b64decode(value[SEALED]), _bound(record_id, name))).decode()}
        if is_sealed(value)
        else value
        for name, value in values.items()
    }


def _stands(record: Record, touch: Touch) -> dict[str, Any]:
    return _touched(record.id, record.values, touch)


def _stood(step: Step, touch: Touch) -> dict[str, Any]:
    return step.earlier | {"values": _touched(step.record_id, step.earlier["values"], touch)}


IN_VALUES = RawSQL("""jsonb_path_exists("values", '$.*.sealed')""", [], BooleanField())
IN_EARLIER = RawSQL("jsonb_path_exists(earlier, '$.values.*.sealed')", [], BooleanField())
COLUMNS = (
    SealedColumn(model=Record, name="values", holds=IN_VALUES, touched=_stands),
    SealedColumn(model=Step, name="earlier", holds=IN_EARLIER, touched=_stood),
)
