"""Papers of a record (台账附件): checked one by one, so that every fault is told at once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from shouwang.domains.files.checking import FileRefused
from shouwang.domains.files.models import Attachment
from shouwang.domains.people.actor import Actor
from shouwang.kernel.decision import Reason
from shouwang.policy import Pack
from shouwang.policy.record_shapes import RecordType

from .photos import Photo, attach
from .record_words import PAPERS, unfit
from .refusal import Unfit

MOST = 20


@dataclass(frozen=True, kw_only=True)
class Paper:
    """A file for one of the papers a type asks for: its bytes, or the hash under which it was handed in."""

    name: str
    data: bytes = b""
    sha256: str = ""

    @property
    def named(self) -> str:
        """What a fingerprint tells this paper by."""
        return f"{self.name} {self.sha256 or sha256(self.data).hexdigest()}"

    def photo(self, one: RecordType) -> Photo:
        documents = one.attachable[self.name].what == "paper"
        return Photo(data=self.data, sha256=self.sha256, purpose=self.name, documents=documents)


def strange_papers(one: RecordType, papers: Iterable[Paper]) -> dict[str, Reason]:
    """Papers the type does not know, or more files than anybody reads."""
    named = list(papers)
    faults = {
        PAPERS + paper.name: Reason("paper_unknown", {"typed": paper.name[:20]})
        for paper in named
        if paper.name not in one.attachable
    }
    return faults or ({PAPERS[:-1]: Reason("too_many_papers", {"most": MOST})} if len(named) > MOST else {})


def attach_papers(
    papers: Sequence[Paper],
    one: RecordType,
    *,
    actor: Actor,
    pack: Pack,
    record_id: UUID,
    region: str,
    now: datetime,
) -> tuple[Attachment, ...]:
    """The rows that tie the papers to the record; their bytes are durable before. Raises Unfit."""
    kept: list[Attachment] = []
    faults: dict[str, str] = {}
    for paper in papers:
        try:
            kept.append(attach(paper.photo(one), actor=actor, subject=record_id, region=region, now=now))
        except FileRefused as refusal:
            faults[PAPERS + paper.name] = str(refusal)
        except Unfit:
            faults |= unfit(pack, {PAPERS + paper.name: Reason("paper_gone")}).fields
    if faults:
        raise Unfit(faults)
    return tuple(kept)
