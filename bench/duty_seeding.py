"""A year of evidence for the duties of a prefecture, its places and homes; written by COPY, the same for a seed."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

import psycopg

from bench.stage import Stage, say
from shouwang.kernel.ids import uuid7
from shouwang.policy import Pack
from shouwang.policy.duty_shapes import Calendar, Duty
from shouwang.policy.record_shapes import RECORD
from shouwang.policy.vocabulary import Scalar
from shouwang.rules.bearers import bodies_of
from shouwang.rules.needs import facts_of, needs
from shouwang.rules.periods import periods
from shouwang.rules.seen import Body, fits
from shouwang.rules.world import Entry

EVIDENCE = "id, county, region, salt, line, kind, subject, occurred_at, recorded_at, room, facts"
LINE = "id, county, region, at, post, room, act, kind, object, after, enclosed, count, reason, clause, pack, position"
DONE = 0.8
YEAR = timedelta(days=365)
Facts = Mapping[str, Scalar]
Left = tuple[str, str, UUID, datetime, Facts]


@dataclass
class Country:
    """Bodies, places and homes, by which evidence is made up; `dice` make the same country every time."""

    pack: Pack
    bodies: Sequence[Body]
    registers: Mapping[str, Sequence[Entry]]
    now: datetime
    dice: Random = field(default_factory=lambda: Random(2023))

    def year(self) -> Iterator[Left]:
        """(kind, region, subject, moment, facts) of a year in which most of what is owed was done."""
        for duty in needs(self.pack).bodies:
            yield from self._told_of_bodies(duty)
            yield from self._of_objects(duty) if duty.objects else self._of_bodies(duty)

    def day(self, count: int) -> list[Left]:
        """`count` pieces of evidence of today, of all kinds there are."""
        found = [one for one in self.year() if one[0].startswith(RECORD) or self.dice.random() < 0.5]
        taken = self.dice.sample(found, min(count, len(found)))
        return [(kind, region, self._id(), self.now - timedelta(hours=1), facts) for kind, region, _, _, facts in taken]

    def _of_bodies(self, duty: Duty) -> Iterator[Left]:
        facts = self._facts(duty)
        for body in bodies_of(duty, self.bodies):
            for at in self._moments(duty):
                if self.dice.random() < DONE:
                    yield duty.evidence.kind, body.region, self._id(), at, facts

    def _of_objects(self, duty: Duty) -> Iterator[Left]:
        assert duty.objects is not None
        facts = self._facts(duty)
        for entry in self.registers.get(duty.objects.register, ()):
            if fits(duty.objects.where, entry.facts) and self.dice.random() < DONE:
                yield duty.evidence.kind, entry.region, UUID(entry.subject), self._some_day(), facts

    def _told_of_bodies(self, duty: Duty) -> Iterator[Left]:
        """The records by which it is told whether a body owes the duty."""
        told: dict[str, dict[str, Scalar]] = {}
        for name in facts_of(self.pack, duty):
            record, _, fact = name.partition(".")
            told.setdefault(record, {})[fact] = self._value(record, fact)
        for record, facts in told.items():
            yield from ((RECORD + record, body.region, self._id(), self._some_day(), facts)
                        for body in bodies_of(duty, self.bodies))  # fmt: skip

    def _value(self, record: str, fact: str) -> Scalar:
        kind = self.pack.records[record].fields[fact]
        return {"integer": 30_000, "yes_no": True}.get(kind.type) or next(iter(kind.choices), "2026-01-05")

    def _facts(self, duty: Duty) -> Facts:
        asked = {name: want[0] if isinstance(want, tuple) else want for name, want in duty.evidence.where.items()}
        return asked | dict.fromkeys(duty.evidence.reaching, 500)

    def _moments(self, duty: Duty) -> list[datetime]:
        if not isinstance(duty.trigger, Calendar):
            return [self._some_day()]
        first = (self.now - YEAR).date()
        found = periods(self.pack, duty.trigger, first=first, last=self.now.date())
        days = ((one.start, min(one.end, self.now.date())) for one in found)
        return [
            datetime(start.year, start.month, start.day, 4, tzinfo=self.now.tzinfo)
            + timedelta(days=self.dice.randint(0, (end - start).days))
            for start, end in days
        ]

    def _some_day(self) -> datetime:
        return self.now - timedelta(days=self.dice.randint(1, 364))

    def _id(self) -> UUID:
        return UUID(int=self.dice.getrandbits(128), version=4)


def entries(villages: Sequence[str], kinds: Sequence[str], *, count: int, seed: int) -> list[Entry]:
    """A register of places or homes, spread over the villages."""
    dice = Random(seed)
    return [
        Entry(
            str(UUID(int=dice.getrandbits(128), version=4)), f"{dice.choice(villages)}001", {"kind": dice.choice(kinds)}
        )
        for _ in range(count)
    ]


def write(house: Stage, left: Iterable[Left], *, start: Mapping[str, int], batch: bool) -> int:
    """Evidence with its sealed lines: one line a county (`batch`), or one for each. How many rows."""
    rows, lines, places = 0, {}, dict(start)
    with psycopg.connect(house.database, autocommit=True) as connection:
        with connection.cursor() as cursor, cursor.copy(f"COPY ledger_evidence ({EVIDENCE}) FROM STDIN") as copy:
            for kind, region, subject, at, facts in left:
                rows += 1
                county = region[:6]
                key = county if batch else rows
                line = lines.setdefault(key, (uuid7(at, rows.to_bytes(10, "big")), county, at))[0]
                made = uuid7(at, (rows << 8).to_bytes(10, "big"))
                copy.write_row(
                    (made, county, region, b"s" * 16, line, kind, subject, at, at, "bench", json.dumps(dict(facts)))
                )
        with connection.cursor() as cursor, cursor.copy(f"COPY ledger_line ({LINE}) FROM STDIN") as copy:
            for line, county, at in lines.values():
                position = places[county] = places.get(county, -1) + 1
                copy.write_row(
                    (line, county, county, at, "", "bench", "bench", "bench", line, b"a", b"e", 1, "", "", "bench",
                     position)
                )  # fmt: skip
        connection.execute("VACUUM ANALYZE ledger_evidence, ledger_line")
    say(f"{rows:,} rows of evidence")
    return rows
