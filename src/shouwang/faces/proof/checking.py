"""The check of a proof, done here too, so that the page can say what the checker will say."""

from typing import cast

from django.http import HttpRequest

from shouwang.domains.ledger.proving import Proof
from shouwang.kernel.merkle import Algorithm, leaf_hash, verify_inclusion

# Digits of more lines than a ledger can hold.
LONGEST = 19


def size_asked(request: HttpRequest) -> int | None:
    """Which root a page showed, by the number of its lines; others may have been sealed meanwhile."""
    asked = request.GET.get("size", "")
    return int(asked) if asked.isdecimal() and len(asked) < LONGEST else None


def holds(proof: Proof) -> bool:
    """Whether the line, by its path, leads to the root."""
    leaf = leaf_hash(proof.leaf.encode(), _algorithm(proof))
    return verify_inclusion(
        leaf,
        index=proof.index,
        size=proof.size,
        proof=[bytes.fromhex(step) for step in proof.path],
        root=bytes.fromhex(proof.root),
        algorithm=_algorithm(proof),
    )


def _algorithm(proof: Proof) -> Algorithm:
    return cast(Algorithm, proof.algorithm)
