"""A photo or paper of a case is looked at: by whoever may see the case, by nobody else."""

from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from shouwang.domains.files.queries import attachment, content
from shouwang.domains.hazards.queries import one
from shouwang.domains.people.actor import Actor

from .refusal import NotSeen
from .sight import sight


@dataclass(frozen=True, kw_only=True)
class Seen:
    """Where the bytes lie, what they are, and their hash."""

    path: Path
    media_type: str
    sha256: str


def see_file(actor: Actor, case_id: UUID, file_id: UUID) -> Seen:
    """One attachment of a case in sight. Raises NotSeen."""
    case = one(sight(actor), case_id)
    kept = attachment(case.county, file_id) if case else None
    if kept is None or kept.subject != case_id:
        raise NotSeen(str(file_id))
    found = content(kept.county, kept.sha256)
    if found is None or not found[0].exists():
        raise NotSeen(str(file_id))
    return Seen(path=found[0], media_type=found[1], sha256=kept.sha256)
