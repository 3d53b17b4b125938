"""Duties that an event opens, judged by the history of its subject, as sealed evidence has it."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from shouwang.domains.areas.queries import kinds_in
from shouwang.domains.duties.queries import not_met, standing_keys
from shouwang.domains.duties.services import Verdict, drop_standings, record_verdicts
from shouwang.domains.ledger.reading import about, of_kinds
from shouwang.policy import Pack
from shouwang.policy.duty_shapes import Duty, Event
from shouwang.rules.bearers import bearer_of, is_bearer, opens
from shouwang.rules.duties import Asked, Judged, evaluate
from shouwang.rules.needs import Needs
from shouwang.rules.proofs import reach_of
from shouwang.rules.seen import Body, Owed, Seen, holding, is_change, newest_due, standing
from shouwang.rules.world import World

from .working_days import workdays_of

PIECE = 5_000


def judge_cases(
    county: str, needs: Needs, pack: Pack, *, fresh: Sequence[Seen], again: Collection[str], now: datetime
) -> int:
    """Judge the subjects of new evidence, those whose moment has come, and those a body's own work may meet."""
    subjects = {one.subject for one in fresh if one.kind in needs.kinds_of_cases} | set(again)
    subjects |= {str(one) for one in _met_elsewhere(county, needs, fresh)}
    if not subjects:
        return 0
    histories: dict[str, list[Seen]] = {}
    for one in about(county, sorted(subjects)):
        histories.setdefault(one.subject, []).append(one)
    kinds = {kind for duty in _elsewhere(needs) for kind in (duty.evidence.kind, *duty.waived_by)}
    elsewhere = World(pack, workdays_of(county), of_kinds(county, kinds, since=None), {}, now)
    areas = kinds_in(county)
    verdicts = [v for rows in histories.values() for v in _verdicts(elsewhere, needs, rows, areas)]
    changed = {subject for subject, rows in histories.items() if any(map(is_change, rows))}
    return record_verdicts(verdicts, now=now) + _drop_unopened(county, needs, verdicts, changed, now)


def _drop_unopened(
    county: str, needs: Needs, verdicts: Sequence[Verdict], changed: Collection[str], now: datetime
) -> int:
    """What a record opened is owed no more once the record is taken back or says something else."""
    if not changed:
        return 0
    opened = {(one.duty, one.subject) for one in verdicts}
    keys = standing_keys(county, duties=[one.id for one in needs.cases], subjects=sorted(changed))
    return drop_standings(county, [one for one in keys if (one.duty, one.subject) not in opened], now=now)


def judge_every_case(county: str, needs: Needs, pack: Pack, *, now: datetime) -> int:
    """Judge all that events ever opened, piece by piece."""
    opening = {duty.trigger.on for duty in needs.cases if isinstance(duty.trigger, Event)}
    subjects = list(dict.fromkeys(one.subject for one in of_kinds(county, opening, since=None)))
    return sum(
        judge_cases(county, needs, pack, fresh=(), again=subjects[n : n + PIECE], now=now)
        for n in range(0, len(subjects), PIECE)
    )


def _elsewhere(needs: Needs) -> list[Duty]:
    """Duties whose proof is not about the subject of the event but left by the body."""
    return [duty for duty in needs.cases if reach_of(duty) != "subject"]


def _met_elsewhere(county: str, needs: Needs, fresh: Sequence[Seen]) -> Iterator[UUID]:
    for duty in _elsewhere(needs):
        kinds = {duty.evidence.kind, *duty.waived_by}
        regions = {bearer_of(duty.bearer.level, one.region) for one in fresh if one.kind in kinds}
        if regions:
            yield from not_met(county, duty=duty.id, regions=regions)


def _verdicts(
    elsewhere: World, needs: Needs, rows: Sequence[Seen], areas: Mapping[str, str]
) -> Iterator[Verdict]:
    """`areas` is the kind of each: a forest bureau does not owe what townships do."""
    rows = holding(rows)
    standing_rows = standing(rows)
    openable = {duty.id: duty for row in standing_rows for duty in needs.opened_by.get(row.kind, ())}
    for duty in openable.values():
        opened = next((row for row in standing_rows if opens(duty, row)), None)
        if opened is not None:
            region = bearer_of(duty.bearer.level, opened.region)
            body = Body(region, duty.bearer.level, areas.get(region, ""))
            if is_bearer(duty, body):
                yield _verdict(elsewhere, duty, body, opened, rows)


def _verdict(elsewhere: World, duty: Duty, body: Body, opened: Seen, rows: Sequence[Seen]) -> Verdict:
    pack = elsewhere.pack
    due_at = newest_due(rows) or opened.facts.get("due_at")
    opening = opened._replace(due_at=datetime.fromisoformat(str(due_at)) if due_at else None)
    known = rows if reach_of(duty) == "subject" else [*rows, *elsewhere.evidence_of(duty, body)]
    found = evaluate(Asked(pack, elsewhere.workdays, duty, Owed(body, opening=opening), elsewhere.now), known)
    return Verdict(
        duty=duty.id,
        clause=duty.row,
        region=body.region,
        subject=UUID(opened.subject),
        verdict=found.verdict,
        due_at=found.due_at,
        again_at=found.again_at,
        period="",
        month=_counted_on(found, opened).astimezone(pack.zone).strftime("%Y-%m"),
        met_by=found.met_by,
        reasons=[reason.plain for reason in found.reasons],
    )


def _counted_on(found: Judged, opened: Seen) -> datetime:
    """Met in time counts when it was met; what is late stays in the month it was due, for good."""
    if found.verdict == "met" and found.met_at is not None:
        return found.met_at
    return found.due_at or opened.occurred_at
