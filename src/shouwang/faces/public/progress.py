"""How a report stands, as anybody with a code may read it: no name, no free text of the reporter, no house."""

from typing import Any

from django.utils import timezone

from shouwang.domains.areas.queries import name_of, path_of
from shouwang.domains.hazards.queries import steps_of
from shouwang.domains.hazards.reporters import standing_for
from shouwang.domains.ledger.proving import NotSealed, Proof, prove
from shouwang.domains.ledger.queries import line_of_act
from shouwang.faces.proof.checking import holds
from shouwang.faces.templatetags.words import deadline_clause
from shouwang.kernel.codes import township_of

ENDS = ("pass", "reject")


def progress_of(asked: Any) -> dict[str, Any]:
    """The case, or the elder it is part of, with its steps, and its proof once it is closed.

    The answer is written to whoever told, and may name people and houses: the code of a case does not open it.
    """
    case = standing_for(asked)
    proof = proof_of(case)
    return {
        "case": case,
        "asked": asked,
        "area": path_of(township_of(case.region)),
        "body": name_of(township_of(case.body)),
        "steps": steps_of(case),
        "clause": deadline_clause(case.grade),
        "proof": proof,
        "now": timezone.now(),
        **({"holds": holds(proof), "number": proof.index + 1} if proof else {}),
    }


def proof_of(case: Any, *, size: int | None = None) -> Proof | None:
    """None while the case is open, or its last line not sealed yet; `size` as for `prove`."""
    line = line_of_act(case.county, case.id, acts=ENDS) if case.closed_at else None
    try:
        return prove(case.county, line.id, size=size) if line else None
    except NotSealed:
        return None
