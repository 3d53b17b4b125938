"""The tree gives the roots of RFC 6962, proves what stands in it, and nothing else."""

import hashlib
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shouwang.kernel.digest import Algorithm, maker
from shouwang.kernel.merkle import (
    TILE,
    Frontier,
    consistency_from,
    consistency_proof,
    inclusion_from,
    inclusion_proof,
    leaf_hash,
    node_hash,
    root,
    root_from,
    root_of,
    subtrees,
    verify_consistency,
    verify_inclusion,
)

# The entries and roots by which Certificate Transparency logs test themselves.
CT_ENTRIES = [
    bytes.fromhex(entry)
    for entry in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657",
                  "606162636465666768696a6b6c6d6e6f")
]  # fmt: skip
CT_ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
SMALL = 70
ALGORITHMS: tuple[Algorithm, ...] = ("sha256", "sm3")
algorithms = st.sampled_from(ALGORITHMS)
LEAVES = {a: [leaf_hash(b"line %d" % n, a) for n in range(3 * TILE + 41)] for a in ALGORITHMS}
FULL = len(LEAVES["sha256"])


def by_definition(hashes: Sequence[bytes], algorithm: Algorithm) -> bytes:
    """MTH of RFC 6962 2.1, word by word, over leaf hashes."""
    if len(hashes) <= 1:
        return hashes[0] if hashes else maker(algorithm)(b"").digest()
    k = largest_power_below(len(hashes))
    left, right = by_definition(hashes[:k], algorithm), by_definition(hashes[k:], algorithm)
    return node_hash(left, right, algorithm=algorithm)


def path_by_definition(m: int, hashes: Sequence[bytes], algorithm: Algorithm) -> list[bytes]:
    """PATH of RFC 6962 2.1.1."""
    if len(hashes) == 1:
        return []
    k = largest_power_below(len(hashes))
    if m < k:
        return [*path_by_definition(m, hashes[:k], algorithm), by_definition(hashes[k:], algorithm)]
    return [*path_by_definition(m - k, hashes[k:], algorithm), by_definition(hashes[:k], algorithm)]


def subproof_by_definition(m: int, hashes: Sequence[bytes], known: bool, algorithm: Algorithm) -> list[bytes]:
    """SUBPROOF of RFC 6962 2.1.2."""
    if m == len(hashes):
        return [] if known else [by_definition(hashes, algorithm)]
    k = largest_power_below(len(hashes))
    if m <= k:
        deeper = subproof_by_definition(m, hashes[:k], known, algorithm)
        return [*deeper, by_definition(hashes[k:], algorithm)]
    deeper = subproof_by_definition(m - k, hashes[k:], False, algorithm)
    return [*deeper, by_definition(hashes[:k], algorithm)]


def largest_power_below(n: int) -> int:
    k = 1
    while k * 2 < n:
        k *= 2
    return k


def tiles(size: int, algorithm: Algorithm) -> dict[tuple[int, int], list[bytes]]:
    """What a log of that size keeps: rows of leaf hashes, and above them rows of the full tiles' roots."""
    leaves = LEAVES[algorithm][:size]
    held = {(0, n): leaves[n * TILE : (n + 1) * TILE] for n in range(-(-size // TILE))}
    held[1, 0] = [root_of(row, algorithm) for row in held.values() if len(row) == TILE]
    return held


def test_the_eight_reference_roots() -> None:
    assert [root(CT_ENTRIES[:n]).hex() for n in range(1, 9)] == CT_ROOTS
    assert root([]) == hashlib.sha256(b"").digest()


def test_a_growing_frontier_passes_the_same_roots() -> None:
    frontier = Frontier()
    for entry, expected in zip(CT_ENTRIES, CT_ROOTS, strict=True):
        frontier.append(leaf_hash(entry))
        assert frontier.root().hex() == expected


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_every_leaf_of_every_small_tree(algorithm: Algorithm) -> None:
    for size in range(1, SMALL):
        leaves = LEAVES[algorithm][:size]
        top = root_of(leaves, algorithm)
        assert top == by_definition(leaves, algorithm)
        for index in range(size):
            proof = inclusion_proof(leaves, index, algorithm=algorithm)
            assert proof == path_by_definition(index, leaves, algorithm)
            assert verify_inclusion(
                leaves[index], index=index, size=size, proof=proof, root=top, algorithm=algorithm
            )


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_every_growth_of_every_small_tree(algorithm: Algorithm) -> None:
    leaves = LEAVES[algorithm]
    roots = [root_of(leaves[:size], algorithm) for size in range(SMALL)]
    for new in range(SMALL):
        for old in range(new + 1):
            proof = consistency_proof(leaves[:new], old, algorithm=algorithm)
            if old:
                assert proof == subproof_by_definition(old, leaves[:new], True, algorithm)
            assert verify_consistency(
                old=old,
                new=new,
                old_root=roots[old],
                new_root=roots[new],
                proof=proof,
                algorithm=algorithm,
            )


@given(st.integers(1, FULL), st.data(), algorithms)
def test_proofs_out_of_stored_tiles_equal_the_plain_ones(
    size: int, data: st.DataObject, algorithm: Algorithm
) -> None:
    index, old = data.draw(st.integers(0, size - 1)), data.draw(st.integers(0, size))
    leaves, held = LEAVES[algorithm][:size], tiles(size, algorithm)
    subtree = subtrees(lambda level, n: held[level, n], algorithm=algorithm)
    assert root_from(size, subtree, algorithm=algorithm) == by_definition(leaves, algorithm)
    path = inclusion_from(size, index, subtree, algorithm=algorithm)
    assert path == path_by_definition(index, leaves, algorithm)
    growth = consistency_from(old, size, subtree, algorithm=algorithm)
    assert growth == (subproof_by_definition(old, leaves, True, algorithm) if old else [])


def test_an_older_size_is_proved_from_a_grown_store() -> None:
    held = tiles(FULL, "sha256")
    subtree = subtrees(lambda level, n: held[level, n])
    leaves = LEAVES["sha256"][:300]
    assert root_from(300, subtree) == root_of(leaves)
    assert inclusion_from(300, 299, subtree) == inclusion_proof(leaves, 299)


def test_a_tile_that_lacks_leaves_is_named() -> None:
    subtree = subtrees(lambda level, n: LEAVES["sha256"][:3])
    with pytest.raises(ValueError, match=r"^tile 0/0: .* 2/0$"):
        subtree(2, 0)


def test_an_empty_store_has_the_empty_root() -> None:
    assert root_from(0, subtrees(lambda level, n: [])) == root_of([])


@given(st.integers(0, FULL), st.integers(0, FULL), algorithms)
def test_a_frontier_taken_up_again_goes_on_as_if_never_left(
    left: int, size: int, algorithm: Algorithm
) -> None:
    left, size = sorted((left, size))
    first = Frontier(algorithm=algorithm)
    first.extend(LEAVES[algorithm][:left])
    again = Frontier(first.size, first.peaks, algorithm=algorithm)
    again.extend(LEAVES[algorithm][left:size])
    assert (again.size, again.root()) == (size, root_of(LEAVES[algorithm][:size], algorithm))


def test_a_frontier_with_a_lost_peak_is_refused() -> None:
    with pytest.raises(ValueError, match="^peaks: 3 leaves have 2 peaks, got 1"):
        Frontier(3, [LEAVES["sha256"][0]])


@given(st.integers(1, FULL), st.data())
def test_no_other_leaf_place_size_or_path_passes(size: int, data: st.DataObject) -> None:
    leaves = LEAVES["sha256"][:size]
    index = data.draw(st.integers(0, size - 1))
    proof, top = inclusion_proof(leaves, index), root_of(leaves)
    forged = leaf_hash(b"forged")

    def passes(leaf: bytes = leaves[index], *, at: int = index, path: Sequence[bytes] = proof) -> bool:
        return verify_inclusion(leaf, index=at, size=size, proof=path, root=top)

    assert passes()
    assert not passes(forged)
    assert not passes(path=[*proof, forged])
    for place in range(len(proof)):
        assert not passes(path=proof[:place] + proof[place + 1 :])
        assert not passes(path=[*proof[:place], forged, *proof[place + 1 :]])
    for at in {-1, 0, index ^ 1, size - 1, size, size + 1} - {index}:
        assert not passes(at=at)
    assert not verify_inclusion(leaves[index], index=index, size=size, proof=proof, root=forged)


@given(st.integers(2, FULL), st.data(), algorithms)
def test_a_rewritten_past_never_passes(size: int, data: st.DataObject, algorithm: Algorithm) -> None:
    old = data.draw(st.integers(1, size - 1))
    edited = data.draw(st.integers(0, old - 1))
    leaves = LEAVES[algorithm][:size]
    before = root_of(leaves[:old], algorithm)
    rewritten = [*leaves[:edited], leaf_hash(b"rewritten", algorithm), *leaves[edited + 1 :]]
    after = root_of(rewritten, algorithm)
    for told in (leaves, rewritten):
        proof = consistency_proof(told, old, algorithm=algorithm)
        assert not verify_consistency(
            old=old, new=size, old_root=before, new_root=after, proof=proof, algorithm=algorithm
        )


@given(st.integers(2, FULL), st.data())
def test_a_damaged_growth_proof_never_passes(size: int, data: st.DataObject) -> None:
    old = data.draw(st.integers(1, size - 1))
    leaves = LEAVES["sha256"][:size]
    proof = consistency_proof(leaves, old)
    before, after, forged = root_of(leaves[:old]), root_of(leaves), leaf_hash(b"forged")

    def passes(path: Sequence[bytes]) -> bool:
        return verify_consistency(old=old, new=size, old_root=before, new_root=after, proof=path)

    assert passes(proof)
    assert not passes([])
    assert not passes([*proof, forged])
    for place in range(len(proof)):
        assert not passes(proof[:place] + proof[place + 1 :])
        assert not passes([*proof[:place], forged, *proof[place + 1 :]])
    assert not verify_consistency(old=size, new=old, old_root=after, new_root=before, proof=proof)


def test_a_false_size_is_found_though_the_hashes_fit() -> None:
    leaves = LEAVES["sha256"][:4]
    top = root_of(leaves)
    first, last = inclusion_proof(leaves, 0), inclusion_proof(leaves, 3)
    assert not verify_inclusion(leaves[0], index=0, size=8, proof=first, root=top)
    assert not verify_inclusion(leaves[3], index=1, size=2, proof=last, root=top)
    growth, half = consistency_proof(leaves, 2), root_of(leaves[:2])
    assert verify_consistency(old=2, new=4, old_root=half, new_root=top, proof=growth)
    assert not verify_consistency(old=2, new=8, old_root=half, new_root=top, proof=growth)


def test_growth_from_nothing_and_standing_still() -> None:
    nothing, some = root_of([]), root_of(LEAVES["sha256"][:5])
    assert verify_consistency(old=0, new=5, old_root=nothing, new_root=some, proof=[])
    assert not verify_consistency(old=0, new=5, old_root=some, new_root=some, proof=[])
    assert verify_consistency(old=5, new=5, old_root=some, new_root=some, proof=[])
    assert not verify_consistency(old=5, new=5, old_root=nothing, new_root=some, proof=[])


@pytest.mark.parametrize(("size", "index"), [(0, 0), (5, 5), (5, -1)])
def test_there_is_no_proof_of_a_leaf_that_is_not_there(size: int, index: int) -> None:
    with pytest.raises(ValueError, match="^index: "):
        inclusion_proof(LEAVES["sha256"][:size], index)


@pytest.mark.parametrize("old", [-1, 6])
def test_there_is_no_growth_from_a_size_never_had(old: int) -> None:
    with pytest.raises(ValueError, match="^old: "):
        consistency_proof(LEAVES["sha256"][:5], old)


def test_leaf_and_node_cannot_be_taken_for_each_other() -> None:
    a, b = LEAVES["sha256"][:2]
    assert node_hash(a, b) != leaf_hash(a + b)
    assert leaf_hash(b"x", "sm3") != leaf_hash(b"x")
