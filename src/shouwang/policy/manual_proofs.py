"""What proves the duties of a page: the fields and papers of a record, the photo of an act, each with its why."""

from collections.abc import Iterable, Iterator

from msgspec import Struct

from shouwang.policy.duty_shapes import Duty
from shouwang.policy.manual_shapes import Manual
from shouwang.policy.manual_telling import listed, told, value_label
from shouwang.policy.pack import Pack
from shouwang.policy.record_shapes import RECORD, Field, RecordType
from shouwang.policy.text import Text


class Asked(Struct, frozen=True):
    """Something to enter or hand in. `why` is told by whoever asks for it, or by the duties judged by it."""

    label: Text
    required: bool
    why: tuple[Text, ...] = ()


class Proof(Struct, frozen=True):
    """A record to keep, or an act of the hazard loop."""

    kind: str
    label: Text
    record: str = ""
    asks: tuple[Asked, ...] = ()
    enters: tuple[Text, ...] = ()
    verifies: tuple[Text, ...] = ()


def proofs(pack: Pack, duties: Iterable[Duty], written: Manual | None) -> Iterator[Proof]:
    """Each once: the records the duties are judged by, then what the page explains beside them."""
    by_kind: dict[str, list[Duty]] = {}
    for duty in duties:
        by_kind.setdefault(duty.evidence.kind, []).append(duty)
    for record in written.records if written else ():
        by_kind.setdefault(RECORD + record, [])
    for kind, judged in by_kind.items():
        record_type = pack.records.get(kind.removeprefix(RECORD))
        if record_type is not None:
            yield _of_record(pack, record_type, judged)
    for act in written.acts if written else ():
        yield _of_act(pack, act)


def arising(pack: Pack, duties: Iterable[Duty]) -> tuple[Text, ...]:
    """Evidence that is left by doing the work in the system: nobody enters it."""
    kinds = dict.fromkeys(duty.evidence.kind for duty in duties)
    return tuple(pack.evidence[kind].label for kind in kinds if kind in pack.evidence)


def _of_record(pack: Pack, record: RecordType, duties: Iterable[Duty]) -> Proof:
    judged = list(duties)
    fields = record.fields_of(record.version)
    asks = [Asked(one.label, one.required, _why(pack, record, name, judged)) for name, one in fields.items()]
    asks += [Asked(one.label, one.required, (one.why,) if one.why else ()) for one in record.papers.values()]
    return Proof(
        kind=record.evidence,
        label=record.label,
        record=record.id,
        asks=tuple(asks),
        enters=tuple(pack.posts[post].label for post in record.enters),
        verifies=tuple(pack.posts[post].label for post in record.verifies),
    )


def _why(pack: Pack, record: RecordType, name: str, duties: Iterable[Duty]) -> tuple[Text, ...]:
    field: Field = record.fields[name]
    said = [text for text in (field.why, field.help) if text is not None]
    for duty in duties:
        if name in duty.evidence.where:
            wanted = duty.evidence.where[name]
            values = wanted if isinstance(wanted, tuple) else (wanted,)
            labels = listed(pack, (value_label(pack, f"{record.id}.{name}", one) for one in values))
            said.append(told(pack, "manual.judged_by", duty=duty.label))
            said.append(told(pack, "manual.must_say", value=labels))
    return tuple(dict.fromkeys(said))


def _of_act(pack: Pack, act: str) -> Proof:
    arrows = [arrow for arrow in pack.transitions if arrow.act == act]
    asks = {one.what: one for arrow in arrows for one in arrow.asks}
    told_of = [
        Asked(told(pack, f"manual.ask.{what}"), one.required, (one.why,) if one.why else ())
        for what, one in asks.items()
    ]
    return Proof(kind=act, label=arrows[0].label, asks=tuple(told_of))
