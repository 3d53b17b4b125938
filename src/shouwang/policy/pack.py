"""A policy pack as the rest of the house sees it: frozen, complete, without files or clock (政策包)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Protocol
from zoneinfo import ZoneInfo

from msgspec import structs

from shouwang.kernel.decision import Reason
from shouwang.policy.channel_shapes import Channel
from shouwang.policy.checklist_shapes import Checklist
from shouwang.policy.duty_shapes import Duty, EvidenceKind
from shouwang.policy.festivals import Festival
from shouwang.policy.household_shapes import PersonField, RiskGroup
from shouwang.policy.indicator_shapes import Indicator
from shouwang.policy.layering import Layer, Local, layered
from shouwang.policy.lesson_shapes import Lesson
from shouwang.policy.letter_shapes import LetterArrow, LetterKind
from shouwang.policy.loop_shapes import Loop
from shouwang.policy.manual_shapes import Manual
from shouwang.policy.product_shapes import Product
from shouwang.policy.record_shapes import RecordType
from shouwang.policy.shapes import Basis, Department, Kind, PostKind, Row, SiteKind, Transition
from shouwang.policy.tables import Table
from shouwang.policy.text import Text
from shouwang.policy.tiles import Tile
from shouwang.policy.values import Parameter, Value
from shouwang.policy.vocabulary import Tongue
from shouwang.policy.wiring import Wiring
from shouwang.policy.wording import word


class Labelled(Protocol):
    @property
    def label(self) -> Text: ...


@dataclass(frozen=True, kw_only=True)
class Pack:
    name: str
    version: str
    title: Text
    name_shown: Text
    cited: str
    languages: tuple[Tongue, ...]
    zone: ZoneInfo
    since: date
    states: Mapping[str, Text]
    grades: Mapping[str, Text]
    levels: Mapping[str, Text]
    screens: Mapping[str, Text]
    headings: Mapping[str, Text]
    wiring: Wiring
    clocks: Mapping[str, str]
    actions: Mapping[str, str]
    numbers: Mapping[str, tuple[int | str, ...]]
    rows: Mapping[str, Row]
    parameters: Mapping[str, Parameter]
    tables: Mapping[str, Table]
    kinds: Mapping[str, Kind]
    sites: Mapping[str, SiteKind]
    posts: Mapping[str, PostKind]
    departments: Mapping[str, Department]
    transitions: tuple[Transition, ...]
    evidence: Mapping[str, EvidenceKind]
    duties: Mapping[str, Duty]
    records: Mapping[str, RecordType]
    indicators: Mapping[str, Indicator]
    manuals: Mapping[str, Manual]
    bases: Mapping[str, Basis]
    wordings: Mapping[str, Text]
    lessons: Mapping[str, Lesson] = field(default_factory=dict)
    checklists: Mapping[str, Checklist] = field(default_factory=dict)
    risk_groups: Mapping[str, RiskGroup] = field(default_factory=dict)
    person_fields: Mapping[str, PersonField] = field(default_factory=dict)
    festivals: Mapping[str, Festival] = field(default_factory=dict)
    channels: Mapping[str, Channel] = field(default_factory=dict)
    letters: Mapping[str, LetterKind] = field(default_factory=dict)
    letter_arrows: tuple[LetterArrow, ...] = ()
    office_words: Mapping[str, str] = field(default_factory=dict)
    loops: Mapping[str, Loop] = field(default_factory=dict)
    tiles: Mapping[str, Tile] = field(default_factory=dict)
    products: Mapping[str, Product] = field(default_factory=dict)

    def value(self, name: str, *, on: date) -> Value:
        """The value of a parameter on a day; ``unset`` when nobody gave one for that day."""
        return self.parameters[name].on(on)

    def keeper_of(self, name: str) -> PostKind:
        """Whose task it is to enter an unset value."""
        return self.posts[self.parameters[name].keeper]

    def explain(self, reason: Reason, language: str) -> str:
        """A reason as a sentence for people; table rows bring their own words, codes become labels."""
        table, _, row = reason.code.partition(":")
        if row and table in self.tables:
            found = self.tables[table].note(row)
            if found is not None:
                return found.in_(language)
        named = {name: self._label(name, value, language) for name, value in reason.params.items()}
        return word(self.wordings, Reason(reason.code, named), language)

    def _label(self, name: str, value: str | int, language: str) -> str | int:
        """A code in a reason's facts as people call it; a value that is no code stays as it is."""
        key = str(value)
        texts: Mapping[str, Mapping[str, Text]] = {
            "state": self.states,
            "record_state": self.wordings,
            "every": self.wordings,
            "grade": self.grades,
            "level": self.levels,
            "unit": self.wordings,
            "register": self.wordings,
            "value": self.wordings,
            "fact": self.wordings,
            "turn": {state: text for loop in self.loops.values() for state, text in loop.states.items()},
        }
        labelled: Mapping[str, Mapping[str, Labelled]] = {
            "keeper": self.posts,
            "department": self.departments,
            "parameter": self.parameters,
            "kind": self.kinds,
            "site": self.sites,
            "duty": self.duties,
            "evidence": self.evidence,
            "record": self.records,
            "channel": self.channels,
        }
        if told := self._told(name, key, language) or (self._column(key, language) if name == "column" else ""):
            return told
        if found := texts.get(name, {}).get(key):
            return found.in_(language)
        if thing := labelled.get(name, {}).get(key):
            return thing.label.in_(language)
        return value

    def _told(self, name: str, key: str, language: str) -> str:
        """The label of a field <record type>.<field>, of a paper, or all labels a field can be chosen from."""
        if name == "letter_state" and (state := self.wordings.get(f"letter.state.{key}")):
            return state.in_(language)
        record, _, part = key.partition(".")
        one = self.records.get(record) if name in ("fact", "options", "paper") else None
        if one is None:
            return self._told_of_channel(name, record, part, language)
        if name == "paper":
            return one.attachable[part].label.in_(language) if part in one.attachable else ""
        field = one.fields.get(part)
        if field is None:
            return ""
        if name == "options":
            return {"zh": "、"}.get(language[:2], ", ").join(x.in_(language) for x in field.choices.values())
        return field.label.in_(language)

    def _told_of_channel(self, name: str, channel: str, part: str, language: str) -> str:
        one = self.channels.get(channel)
        field = one.fields.get(part) if one and name == "fact" else None
        return field.label.in_(language) if field else ""

    def _column(self, name: str, language: str) -> str:
        """What a column of a decision table is called; a sheet in codes puts a sign before its name."""
        plain = name.lstrip("?= ")
        editions = [edition for table in self.tables.values() for edition in table.editions]
        asked = {one.name: one.label for edition in editions for one in edition.inputs}
        answered = {one.name: one.label for edition in editions for one in edition.outputs}
        found = asked.get(plain) or answered.get(plain)
        return found.in_(language) if found else ""

    def where(self, clauses: tuple[str, ...], language: str) -> tuple[str, ...]:
        """Chip labels of clause rows, e.g. ``方案二.7``, each once and in order."""
        return tuple(dict.fromkeys(self.rows[row].where.in_(language) for row in clauses if row in self.rows))

    def with_values(self, local: Mapping[str, tuple[Value, ...]]) -> "Pack":
        """The same pack with values one office adopted (参数采纳单); they stand over the shipped ones."""
        return self.with_layers(
            {name: ([Local(value) for value in values],) for name, values in local.items()}
        )

    def with_layers(self, given: Mapping[str, Sequence[Layer]]) -> "Pack":
        """The same pack with the values of several offices, for each parameter the highest office first."""
        merged = dict(self.parameters)
        for name, layers in given.items():
            parameter = merged[name]
            merged[name] = structs.replace(parameter, values=layered(parameter.values, layers))
        return self.replaced(merged)

    def replaced(self, parameters: Mapping[str, Parameter]) -> "Pack":
        return replace(self, parameters=parameters)
