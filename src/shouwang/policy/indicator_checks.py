"""What is wrong with the indicators of a pack: nothing to count, facts nobody records, duties that do not exist."""

from collections.abc import Container, Iterator

from shouwang.policy.findings import Findings
from shouwang.policy.indicator_shapes import Counted, Indicator
from shouwang.policy.pack import Pack
from shouwang.policy.record_shapes import RECORD


def names_of_indicators(pack: Pack) -> Iterator[tuple[str, str, str, Container[str]]]:
    """(where, what, name, what is known) of everything an indicator names."""
    kinds = {*pack.evidence, *(one.evidence for one in pack.records.values())}
    for key, one in pack.indicators.items():
        where = f"indicators: {key}"
        yield from ((where, "row", row, pack.rows) for row in one.rows_served)
        yield from ((where, "duty", duty, pack.duties) for duty in one.duties)
        yield from ((where, "evidence", told.kind, kinds) for told in _counted(one))
        if one.fitted is not None:
            yield from ((where, "kind of place", kind, pack.sites) for kind in one.fitted.homes + one.fitted.places)
            yield where, "device", one.fitted.device, _devices(pack)


def check_indicators(pack: Pack, findings: Findings) -> None:
    for key, one in pack.indicators.items():
        where = f"indicators: {key}"
        if [one.counts is not None, bool(one.duties), one.fitted is not None].count(True) != 1:
            findings.error(where, "must have one of 'counts' (evidence), 'duties' and 'fitted', and no other")
        if one.fitted is not None and (one.unit == "percent") != bool(one.fitted.homes + one.fitted.places):
            findings.error(where, "is a share of the homes and places it names; where it names none, it is a count")
        if one.over is not None and (one.counts is None or one.unit != "percent"):
            findings.error(where, "'over' makes a share of 'counts', in percent")
        for told in _counted(one):
            _summed(where, pack, told, findings)


def _devices(pack: Pack) -> Container[str]:
    """What the pack's own list of devices names."""
    record = pack.records.get(pack.wiring.records.devices)
    return record.fields["device"].choices if record is not None else ()


def _counted(one: Indicator) -> tuple[Counted, ...]:
    return tuple(told for told in (one.counts, one.over) if told is not None)


def _summed(where: str, pack: Pack, told: Counted, findings: Findings) -> None:
    if not told.sum:
        return
    record, announced = pack.records.get(told.kind.removeprefix(RECORD)), pack.evidence.get(told.kind)
    if announced is not None and told.sum in announced.facts:
        return
    if record is None:
        findings.error(where, f"sums '{told.sum}', which {told.kind} does not give")
    elif told.sum not in record.facts() or record.fields[told.sum].type != "integer":
        findings.error(where, f"sums '{told.sum}', which is no whole number in the evidence of {told.kind}")
