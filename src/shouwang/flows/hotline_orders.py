"""12345 orders come in (12345工单): each is a case or joins none twice; sent again it changes nothing but what changed.

Every row stands for itself: a row that cannot be taken comes back with its reasons, the others are kept.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from shouwang.domains.areas.queries import named_anyhow
from shouwang.domains.hazards.models import Case
from shouwang.domains.hazards.reporters import by_outside, identity_of, sealed_identity
from shouwang.domains.hazards.telling import change_telling, rate_telling
from shouwang.domains.hazards.telling_rows import Contribution
from shouwang.domains.ledger.acts import By, before
from shouwang.domains.ledger.idempotency import KeyReused
from shouwang.domains.ledger.write import Stale
from shouwang.domains.people.actor import Actor
from shouwang.kernel.codes import county_of, covered, is_region
from shouwang.policy import Pack
from shouwang.policy.channel_shapes import OPENNESS, Openness
from shouwang.rules.forgiving import tidy
from shouwang.rules.reading_words import choice, words_for

from .hotline_answers import hotline_areas
from .refusal import Refused, Unfit, too_long
from .report_hazard import Report, report_hazard
from .sight import counties_within, pack_of
from .tellings import NUL, Telling, Told, answer_due, read_telling

COLUMNS = (
    "order", "received_on", "reply_due_on", "area", "kind", "place", "content", "openness", "caller_name",
    "caller_phone", "satisfied",
)  # fmt: skip
NEEDED = ("order", "received_on", "area", "content")
MOST = 1000


@dataclass(frozen=True, kw_only=True)
class OrderRow:
    """A row as it was sent; `number` is its place in the table."""

    number: int
    cells: Mapping[str, object]

    def text(self, name: str) -> str:
        return tidy(self.cells.get(name))


@dataclass(kw_only=True)
class Taken:
    """What became of the rows, by number: the code of the case, or the faults by column."""

    new: dict[int, str] = field(default_factory=dict)
    changed: dict[int, str] = field(default_factory=dict)
    same: dict[int, str] = field(default_factory=dict)
    refused: dict[int, Mapping[str, str]] = field(default_factory=dict)


def take_orders(actor: Actor, rows: Sequence[OrderRow], *, now: datetime) -> Taken:
    """Take every order that can be. Raises Refused where the person takes none at all."""
    pack = pack_of(actor.county, now=now)
    areas = hotline_areas(actor, pack)
    work = _Work(actor, pack, areas, counties_within(areas), now)
    work.areas = work.meant(rows)
    taken = Taken()
    for row in rows:
        try:
            kept, code = work.take(row)
        except Unfit as unfit:
            taken.refused[row.number] = {_column(name): words for name, words in unfit.fields.items()}
        except Refused as refusal:
            said = [pack.explain(one, get_language() or "zh") for one in refusal.decision.reasons]
            taken.refused[row.number] = {"area": " ".join(said)}
        except Stale:
            taken.refused[row.number] = {"order": _("Somebody else changed this order in the same moment.")}
        else:
            getattr(taken, kept)[row.number] = code
    return taken


def _column(name: str) -> str:
    """What a flow calls a field, and what the sender's table calls it."""
    return {"region": "area", "note": "content", "name": "caller_name", "phone": "caller_phone"}.get(name, name)


@dataclass
class _Work:
    """One delivery: whose it is, and the areas its rows name, asked once."""

    actor: Actor
    pack: Pack
    reach: Sequence[str]
    counties: list[str]
    now: datetime
    areas: dict[str, list[str]] = field(default_factory=dict)

    def take(self, row: OrderRow) -> tuple[str, str]:
        """(new, changed or same; the code of the case). Raises Unfit, Refused, Stale."""
        if unkept := [name for name in row.cells if NUL in row.text(name)]:
            raise Unfit(dict.fromkeys(unkept, _("This text has a sign that cannot be kept.")))
        order = row.text("order")
        known = by_outside(self.counties, self.pack.wiring.channels.hotline, order) if order else None
        if known is None:
            return self.opened(row)
        if not covered(self.reach, known.region):
            # Whoever takes orders for one street neither learns nor changes what came for the next.
            raise Unfit({"order": _("This order was sent by somebody else.")})
        return self.changed(row, known)

    def opened(self, row: OrderRow) -> tuple[str, str]:
        told = self.told(row)
        if self.satisfied(row) is not None:
            raise Unfit({"satisfied": _("This order is not here yet, so nobody can be content with its answer.")})
        report = self.report(row, told)
        try:
            done = report_hazard(self.actor, report, now=self.now)
        except KeyReused:
            raise Unfit({"order": _("This order was sent by somebody else.")}) from None
        case = done.case or Case.objects.get(county=done.county, id=done.id)
        return ("same" if done.replayed else "new"), case.code

    def report(self, row: OrderRow, told: Told) -> Report:
        order = str(told.facts["order"])
        return Report(
            key=f"12345/{order}",
            region=self.region(row),
            kind=self.kind(row),
            found_at=self.now,
            place=row.text("place"),
            note=row.text("content"),
            channel=told.way.id,
            telling=self.telling(row),
        )

    def told(self, row: OrderRow) -> Told:
        """The order by the shape of its channel, with every fault of the row at once. Raises Unfit."""
        faults = {name: _("This is needed.") for name in NEEDED if not row.text(name)}
        faults |= {
            name: _("There is no such column.") for name in row.cells if name not in COLUMNS and row.text(name)
        }
        for name, most in (("place", 120), ("content", 500)):
            if fault := too_long(row.text(name), most):
                faults[name] = fault
        for read in (self.region, self.kind, self.openness, self.satisfied):
            try:
                read(row)
            except Unfit as unfit:
                faults = unfit.fields | faults
        way = self.pack.wiring.channels.hotline
        try:
            telling = self.telling(row, "anonymous" if "openness" in faults else None)
            told = read_telling(self.pack, way, telling, self.actor, now=self.now)
        except Unfit as unfit:
            faults = {_column(name): words for name, words in unfit.fields.items()} | faults
        if faults:
            raise Unfit(faults)
        return told

    def telling(self, row: OrderRow, openness: Openness | None = None) -> Telling:
        facts = {name: row.cells.get(name) for name in ("order", "received_on", "reply_due_on")}
        return Telling(
            openness=openness or self.openness(row),
            name=row.text("caller_name"),
            phone=row.text("caller_phone"),
            facts=facts,
        )

    def changed(self, row: OrderRow, known: Contribution) -> tuple[str, str]:
        """What the sender changed, and whether the caller was content. Raises Unfit, Stale."""
        told, satisfied = self.told(row), self.satisfied(row)
        earlier = before(known, "version")
        by = By(
            actor=self.actor.id, post=self._post(), at=self.now, pack=self.pack.version, clause=told.way.row
        )
        said = self._changes(known, told, row)
        rated = satisfied is not None and satisfied != known.satisfied
        if rated and known.answered_at is None:
            raise Unfit({"satisfied": _("This order is not answered yet.")})
        if not said and not rated:
            return "same", known.case.code
        known.version += 1
        for name, value in said.items():
            setattr(known, name, value)
        if rated:
            known.satisfied = satisfied
        if said:
            change_telling(known, known.case, by, earlier=earlier)
        else:
            rate_telling(known, by, earlier=earlier)
        return "changed", known.case.code

    def _changes(self, known: Contribution, told: Told, row: OrderRow) -> dict[str, object]:
        due = answer_due(self.pack, told, region=known.region, received=known.at)
        said: dict[str, object] = {"facts": dict(told.facts), "note": row.text("content")}
        if told.facts.get("reply_due_on") != known.facts.get("reply_due_on"):
            said["answer_due_at"] = due
        named = {name: value for name, value in told.identity.items() if value}
        if named and named != identity_of(known):
            said["identity"] = sealed_identity(known.id, told.identity)
        return {name: value for name, value in said.items() if getattr(known, name) != value}

    def _post(self) -> str:
        way = self.pack.channels[self.pack.wiring.channels.hotline]
        return next((post.kind for post in self.actor.posts if post.kind in way.posts), "")

    def meant(self, rows: Sequence[OrderRow]) -> dict[str, list[str]]:
        words = {word for row in rows if (word := row.text("area")) and NUL not in word}
        found: dict[str, list[str]] = {word: [word] for word in words if is_region(word)}
        for place in named_anyhow(words, counties=self.counties):
            for word in (place.code, place.zh, place.ko):
                if word in words and place.code not in found.setdefault(word, []):
                    found[word].append(place.code)
        return found

    def region(self, row: OrderRow) -> str:
        word = row.text("area")
        codes = self.areas.get(word, [])
        if len(codes) == 1 and county_of(codes[0]) in self.counties:
            return codes[0]
        if len(codes) > 1:
            raise Unfit({"area": _("Several areas have this name: write the code.")})
        raise Unfit({"area": _("No area of yours has this name or code.")})

    def kind(self, row: OrderRow) -> str:
        word = row.text("kind")
        if not word:
            return "other"
        found = choice(word, words_for({key: one.label for key, one in self.pack.kinds.items()}))
        if found is None:
            raise Unfit({"kind": _("This kind of hazard is not known.")})
        return found

    def openness(self, row: OrderRow) -> Openness:
        word = row.text("openness")
        if not word:
            return "named" if row.text("caller_name") else "anonymous"
        found = choice(word, words_for({key: self.pack.wordings[f"openness_{key}"] for key in OPENNESS}))
        for one in OPENNESS:
            if one == found:
                return one
        raise Unfit({"openness": _("Named, confidential or anonymous?")})

    def satisfied(self, row: OrderRow) -> bool | None:
        word = row.text("satisfied")
        if not word:
            return None
        found = choice(word, words_for({"yes": self.pack.wordings["yes"], "no": self.pack.wordings["no"]}))
        if found is None:
            raise Unfit({"satisfied": _("Yes or no?")})
        return found == "yes"


