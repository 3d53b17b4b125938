"""A photo or paper is looked at: by whoever may see the case, record or letter it belongs to, by nobody else."""

from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from shouwang.domains.files.queries import attachment, content
from shouwang.domains.hazards.queries import one
from shouwang.domains.letters.queries import one as letter
from shouwang.domains.people.actor import Actor
from shouwang.domains.records.queries import one as record

from .letter_sight import letter_sight
from .refusal import NotSeen
from .sight import record_sight, sight


@dataclass(frozen=True, kw_only=True)
class Seen:
    """Where the bytes lie, what they are, and their hash."""

    path: Path
    media_type: str
    sha256: str


def see_file(actor: Actor, subject_id: UUID, file_id: UUID) -> Seen:
    """One attachment of a case, record or letter in sight. Raises NotSeen."""
    subject = one(sight(actor), subject_id) or record(record_sight(actor), subject_id)
    subject = subject or letter(letter_sight(actor), subject_id)
    kept = attachment(subject.county, file_id) if subject else None
    if kept is None or kept.subject != subject_id:
        raise NotSeen(str(file_id))
    found = content(kept.county, kept.sha256)
    if found is None or not found[0].exists():
        raise NotSeen(str(file_id))
    return Seen(path=found[0], media_type=found[1], sha256=kept.sha256)
