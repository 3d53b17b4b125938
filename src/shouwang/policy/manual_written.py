"""The steps of a page nobody wrote: see it, do it, record it; told from what proves its duties."""

from collections.abc import Iterable, Iterator

from shouwang.policy.duty_shapes import Duty
from shouwang.policy.manual_telling import listed, told
from shouwang.policy.pack import Pack
from shouwang.policy.record_shapes import RECORD, RecordType
from shouwang.policy.text import Text


def generated_steps(pack: Pack, duties: Iterable[Duty]) -> tuple[Text, ...]:
    kinds = dict.fromkeys(duty.evidence.kind for duty in duties)
    steps = [told(pack, "manual.step.see"), told(pack, "manual.step.do")]
    for kind in kinds:
        record = pack.records.get(kind.removeprefix(RECORD))
        if record is None:
            steps.append(told(pack, "manual.step.elsewhere", evidence=pack.evidence[kind].label))
        else:
            steps.extend(_recording(pack, record))
    return tuple(steps)


def _recording(pack: Pack, record: RecordType) -> Iterator[Text]:
    yield told(pack, "manual.step.record", record=record.label)
    papers = [paper.label for paper in record.papers.values() if paper.required]
    if papers:
        yield told(pack, "manual.step.papers", papers=listed(pack, papers))
    if record.verifies:
        posts = listed(pack, (pack.posts[post].label for post in record.verifies))
        yield told(pack, "manual.step.verified", posts=posts)
