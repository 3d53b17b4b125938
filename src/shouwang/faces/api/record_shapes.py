"""What goes in and out of the API of records (台账接口)."""

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from msgspec import Meta, Struct

from .shapes import Given, Hash, Region

Name = Annotated[str, Meta(min_length=1, max_length=40)]
Day = Annotated[str, Meta(pattern=r"^(\d{4}-\d{2}-\d{2})?$", examples=["2026-11-05"])]


class Option(Struct, frozen=True):
    """One choice of a field."""

    code: str
    label: str


class FieldTold(Struct, frozen=True, kw_only=True):
    """A field as the pack declares it; words in the caller's language."""

    name: str
    label: str
    type: str
    required: bool
    least: int | None
    most: int | None
    choices: list[Option]
    unit: str
    help: str
    why: str
    fact: bool
    searched: bool
    personal: bool


class PaperTold(Struct, frozen=True, kw_only=True):
    """A paper that goes with a record."""

    name: str
    label: str
    what: str
    required: bool
    why: str


class TypeBrief(Struct, frozen=True, kw_only=True):
    """A type of record; `row` is the row of the plan it serves."""

    id: str
    label: str
    row: str
    levels: list[str]
    version: int
    may_enter: bool


class TypeTold(TypeBrief, frozen=True, kw_only=True):
    """The whole declaration: everything a form, a list or an import needs."""

    help: str
    kinds: list[str]
    occurs: str
    named_by: str
    every: str | None
    confirmed_by_another: bool
    fields: list[FieldTold]
    papers: list[PaperTold]


class Types(Struct, frozen=True):
    types: list[TypeBrief]


class TypeOf(Struct, frozen=True):
    type_id: str


class RecordOf(Struct, frozen=True):
    record_id: UUID


class PaperGiven(Given):
    """A paper handed in before at /papers, and which paper of the type it is."""

    name: Name
    sha256: Hash


class RecordGiven(Given):
    """A record as another system or a form has it. `values` by field name, as typed or typed strictly."""

    type: Name
    region: Region
    values: dict[str, Any]
    papers: Annotated[list[PaperGiven], Meta(max_length=20)] = []
    external_id: Annotated[str, Meta(max_length=80, pattern=r"^([^\u0000=][^\u0000]*)?$")] = ""


class AmendGiven(Given):
    """What shall change: only the fields named; null takes a value away, a personal one excepted."""

    version: Annotated[int, Meta(ge=1)]
    values: dict[str, Any] = {}
    papers: Annotated[list[PaperGiven], Meta(max_length=20)] = []
    note: Annotated[str, Meta(max_length=500)] = ""


class SettleGiven(Given):
    """Confirm, send back or withdraw; the last two need a reason in `note`."""

    act: Literal["confirm", "return", "withdraw"]
    version: Annotated[int, Meta(ge=1)]
    note: Annotated[str, Meta(max_length=500)] = ""


class RecordFilters(Struct, frozen=True, kw_only=True):
    """Which records of a type; `where` is a searched field and its value, such as kind:analysis."""

    type: Name
    area: Region | Literal[""] = ""
    state: Literal["", "entered", "confirmed", "returned", "withdrawn"] = ""
    since: Day = ""
    until: Day = ""
    period: Annotated[str, Meta(max_length=30, pattern=r"^[^\u0000]*$")] = ""
    external_id: Annotated[str, Meta(max_length=80, pattern=r"^[^\u0000]*$")] = ""
    where: Annotated[str, Meta(max_length=250, pattern=r"^([a-z][a-z0-9_]*:[^\u0000]+)?$")] = ""
    after: Annotated[str, Meta(max_length=80)] = ""
    language: str = ""


class RecordTold(Struct, frozen=True, kw_only=True):
    """A record as lists show it. Personal values are masked; `masked` names them."""

    id: UUID
    type: str
    form: int
    region: str
    occurred_on: date
    period: str
    name: str
    values: dict[str, Any]
    masked: list[str]
    state: str
    lacking: bool
    external_id: str
    way: str
    entered_at: datetime
    version: int


class Records(Struct, frozen=True):
    """A page of records; `after` asks for the next, null on the last."""

    records: list[RecordTold]
    after: str | None


class RecordStep(Struct, frozen=True, kw_only=True):
    act: str
    source: str
    target: str
    post: str
    at: datetime
    note: str


class RecordFile(Struct, frozen=True, kw_only=True):
    id: UUID
    name: str
    sha256: str
    at: datetime


class RecordWhole(RecordTold, frozen=True, kw_only=True):
    """A record with its later steps, its papers, and the duties it counts for."""

    steps: list[RecordStep]
    papers: list[RecordFile]
    duties: list[str]

