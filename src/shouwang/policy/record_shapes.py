"""A record type as a pack declares it (台账类型): from it come form, list, Excel, printed page, API and evidence."""

from datetime import date

from msgspec import Struct, field

from shouwang.policy.text import Text
from shouwang.policy.vocabulary import ChoiceList, Every, FieldType, LevelName, PaperKind, Scalar

RECORD = "record."


class Field(Struct, frozen=True, forbid_unknown_fields=True):
    """A field (字段). ``least`` and ``most`` bound a number, or the length of a text.

    ``of`` takes the choices from a list of the pack, so that the two cannot drift apart. A ``fact`` goes into the
    evidence, for duties to judge by; a ``searched`` field stands in the index of lists; a ``personal`` one is
    masked until somebody gives a reason. ``since`` and ``until`` are versions of the type.
    """

    label: Text
    type: FieldType
    required: bool = False
    least: int | None = None
    most: int | None = None
    choices: dict[str, Text] = field(default_factory=dict)
    of: ChoiceList | None = None
    unit: Text | None = None
    help: Text | None = None
    why: Text | None = None
    fact: bool = False
    searched: bool = False
    personal: bool = False
    since: int = 1
    until: int | None = None

    def stands_in(self, version: int) -> bool:
        return self.since <= version and (self.until is None or version <= self.until)


class Paper(Struct, frozen=True, forbid_unknown_fields=True):
    """A file that goes with a record (附件); one that must be there says why (国办函〔2026〕12号)."""

    label: Text
    what: PaperKind = "paper"
    required: bool = False
    why: Text | None = None


# Where a type asks for no paper, the form that was filled in by hand still goes with the record.
SCAN = "scan"
FILLED_IN = Paper(label=Text(zh="表单扫描件", ko="양식 스캔본", en="Scan of the form"))


class RecordType(Struct, frozen=True, forbid_unknown_fields=True):
    """A kind of record (台账) that bodies of some levels keep.

    ``occurs`` names the field that says on which day it happened, ``named_by`` the one that names it in lists.
    With ``every`` a record is for a period and says for which; an ``early`` one, such as a plan or a budget, may
    stand before its period begins. Where ``verifies`` is empty, an entered record is
    evidence at once; else only when one of those posts, and another person, has confirmed it.
    """

    id: str
    row: str
    label: Text
    levels: tuple[LevelName, ...]
    enters: tuple[str, ...]
    occurs: str
    named_by: str
    fields: dict[str, Field]
    rows: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    verifies: tuple[str, ...] = ()
    every: Every | None = None
    early: bool = False
    papers: dict[str, Paper] = field(default_factory=dict)
    version: int = 1
    since: date | None = None
    help: Text | None = None
    source: Text | None = None

    @property
    def evidence(self) -> str:
        """The kind of evidence its records are."""
        return RECORD + self.id

    @property
    def rows_served(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys((self.row, *self.rows)))

    @property
    def scanned_as(self) -> str:
        """Which of its papers the scan of a form filled in by hand is."""
        written = [name for name, one in self.papers.items() if one.what == "paper"]
        return next((name for name in written if self.papers[name].required), (*written, SCAN)[0])

    @property
    def attachable(self) -> dict[str, Paper]:
        """Every paper that may go with a record: those it asks for, and the scan of its own form."""
        return self.papers if self.scanned_as in self.papers else {**self.papers, SCAN: FILLED_IN}

    def fields_of(self, version: int) -> dict[str, Field]:
        """The fields as they stood in a version; an old record keeps the form it was entered with."""
        return {name: one for name, one in self.fields.items() if one.stands_in(version)}

    def facts(self) -> dict[str, Field]:
        return {name: one for name, one in self.fields.items() if one.fact}


Values = dict[str, Scalar | tuple[str, ...] | None]
