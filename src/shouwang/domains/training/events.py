"""What the training room announces as evidence, and the facts it carries: never who."""

from shouwang.domains.ledger.events import evidence
from shouwang.domains.ledger.models import Evidence

from .models import Passing


def announced(passing: Passing) -> Evidence:
    facts = {"lesson": passing.lesson, "post": passing.post}
    return evidence(
        "learning.passed", subject=passing.id, region=passing.region, room="training", at=passing.passed_at,
        facts=facts,
    )  # fmt: skip
