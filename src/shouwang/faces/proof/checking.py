"""The check of a proof, done here too, so that the page can say what the checker will say."""

from typing import cast

from shouwang.domains.ledger.proving import Proof
from shouwang.kernel.merkle import Algorithm, leaf_hash, verify_inclusion


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
