"""The tree that makes a log tamper-evident (RFC 6962, RFC 9162): roots, proofs, and their checks."""

from collections.abc import Callable, Iterable, Sequence

from shouwang.kernel.digest import Algorithm, maker

Subtree = Callable[[int, int], bytes]
"""subtree(level, i): the hash of the i-th full subtree of 2**level leaves."""

TILE_LEVELS = 8
TILE = 1 << TILE_LEVELS


def leaf_hash(data: bytes, algorithm: Algorithm = "sha256") -> bytes:
    digest: bytes = maker(algorithm)(b"\0" + data).digest()
    return digest


def node_hash(left: bytes, right: bytes, *, algorithm: Algorithm = "sha256") -> bytes:
    digest: bytes = maker(algorithm)(b"\1" + left + right).digest()
    return digest


def root(entries: Iterable[bytes], algorithm: Algorithm = "sha256") -> bytes:
    """Root over the entries themselves."""
    make = maker(algorithm)
    return root_of([make(b"\0" + entry).digest() for entry in entries], algorithm)


def root_of(hashes: Sequence[bytes], algorithm: Algorithm = "sha256") -> bytes:
    """Root over leaf hashes, or over the hashes of equally large full subtrees."""
    if not hashes:
        empty: bytes = maker(algorithm)(b"").digest()
        return empty
    row = hashes
    while len(row) > 1:
        row = _row_above(row, algorithm)
    return row[0]


def inclusion_proof(hashes: Sequence[bytes], index: int, *, algorithm: Algorithm = "sha256") -> list[bytes]:
    """The path that proves that leaf `index` stands under the root of `hashes` (leaf hashes)."""
    return inclusion_from(len(hashes), index, _held(hashes, algorithm), algorithm=algorithm)


def consistency_proof(hashes: Sequence[bytes], old: int, *, algorithm: Algorithm = "sha256") -> list[bytes]:
    """The nodes that prove that the first `old` leaves were only added to."""
    return consistency_from(old, len(hashes), _held(hashes, algorithm), algorithm=algorithm)


def root_from(size: int, subtree: Subtree, *, algorithm: Algorithm = "sha256") -> bytes:
    """Root of the first `size` leaves, out of stored full subtrees."""
    return _span(0, size, subtree=subtree, algorithm=algorithm) if size else root_of((), algorithm)


def inclusion_from(
    size: int, index: int, subtree: Subtree, *, algorithm: Algorithm = "sha256"
) -> list[bytes]:
    """The path of leaf `index` in a tree of `size`, out of stored full subtrees."""
    if not 0 <= index < size:
        raise ValueError(f"index: {index} is not a leaf of a tree of {size}")
    path: list[bytes] = []
    low, high = 0, size
    while high - low > 1:
        middle = low + _split(high - low)
        if index < middle:
            path.append(_span(middle, high, subtree=subtree, algorithm=algorithm))
            high = middle
        else:
            path.append(_span(low, middle, subtree=subtree, algorithm=algorithm))
            low = middle
    return path[::-1]


def consistency_from(old: int, new: int, subtree: Subtree, *, algorithm: Algorithm = "sha256") -> list[bytes]:
    """The nodes that prove a tree of `new` leaves to extend its first `old`, out of stored full subtrees."""
    if not 0 <= old <= new:
        raise ValueError(f"old: {old} is not a size that a tree of {new} has had")
    if old in (0, new):
        return []
    path: list[bytes] = []
    low, high = 0, new
    while high != old:
        middle = low + _split(high - low)
        if old <= middle:
            path.append(_span(middle, high, subtree=subtree, algorithm=algorithm))
            high = middle
        else:
            path.append(_span(low, middle, subtree=subtree, algorithm=algorithm))
            low = middle
    if low:
        path.append(_span(low, high, subtree=subtree, algorithm=algorithm))
    return path[::-1]


def subtrees(tile: Callable[[int, int], Sequence[bytes]], *, algorithm: Algorithm = "sha256") -> Subtree:
    """Read subtrees out of tiles: tile(level, i) gives up to 256 hashes, each of 256**level leaves."""

    def subtree(level: int, i: int) -> bytes:
        floor, rise = divmod(level, TILE_LEVELS)
        number, start = divmod(i << rise, TILE)
        hashes = tile(floor, number)[start : start + (1 << rise)]
        if len(hashes) != 1 << rise:
            raise ValueError(f"tile {floor}/{number}: does not hold the full subtree {level}/{i}")
        return root_of(hashes, algorithm)

    return subtree


def verify_inclusion(
    leaf: bytes,
    *,
    index: int,
    size: int,
    proof: Sequence[bytes],
    root: bytes,
    algorithm: Algorithm = "sha256",
) -> bool:
    """Whether a leaf hash stands at `index` under the root of a tree of `size`."""
    if not 0 <= index < size:
        return False
    place, last, found = index, size - 1, leaf
    for step in proof:
        if last == 0:
            return False
        if place & 1 or place == last:
            found = node_hash(step, found, algorithm=algorithm)
            place, last = _skip_unpaired(place, last)
        else:
            found = node_hash(found, step, algorithm=algorithm)
        place, last = place >> 1, last >> 1
    return last == 0 and found == root


def verify_consistency(
    *,
    old: int,
    new: int,
    old_root: bytes,
    new_root: bytes,
    proof: Sequence[bytes],
    algorithm: Algorithm = "sha256",
) -> bool:
    """Whether the tree of `new` leaves holds the tree of `old` leaves unchanged as its beginning."""
    if old == new:
        return not proof and old_root == new_root
    if old == 0 < new:
        return not proof and old_root == root_of((), algorithm)
    if not 0 < old < new or not proof:
        return False
    # A full old tree is a node of the new one, so its root need not be sent.
    steps = iter(proof) if old & (old - 1) else iter((old_root, *proof))
    place, last = _skip_right(old - 1, new - 1)
    before = after = next(steps)
    for step in steps:
        if last == 0:
            return False
        if place & 1 or place == last:
            before = node_hash(step, before, algorithm=algorithm)
            after = node_hash(step, after, algorithm=algorithm)
            place, last = _skip_unpaired(place, last)
        else:
            after = node_hash(after, step, algorithm=algorithm)
        place, last = place >> 1, last >> 1
    return last == 0 and before == old_root and after == new_root


class Frontier:
    """The right edge of a growing tree: enough to add leaves and know the root, whatever the size."""

    def __init__(
        self, size: int = 0, peaks: Iterable[bytes] = (), *, algorithm: Algorithm = "sha256"
    ) -> None:
        """`peaks` are the full subtrees that make up `size` leaves, largest first."""
        self.size = size
        self.peaks = list(peaks)
        self.algorithm = algorithm
        if len(self.peaks) != size.bit_count():
            raise ValueError(f"peaks: {size} leaves have {size.bit_count()} peaks, got {len(self.peaks)}")

    def append(self, leaf: bytes) -> None:
        """Add one leaf hash."""
        carry, rest = leaf, self.size
        while rest & 1:
            carry = node_hash(self.peaks.pop(), carry, algorithm=self.algorithm)
            rest >>= 1
        self.peaks.append(carry)
        self.size += 1

    def extend(self, leaves: Iterable[bytes]) -> None:
        for leaf in leaves:
            self.append(leaf)

    def root(self) -> bytes:
        if not self.peaks:
            return root_of((), self.algorithm)
        found = self.peaks[-1]
        for peak in reversed(self.peaks[:-1]):
            found = node_hash(peak, found, algorithm=self.algorithm)
        return found


def _row_above(row: Sequence[bytes], algorithm: Algorithm) -> list[bytes]:
    make = maker(algorithm)
    pairs = zip(row[::2], row[1::2], strict=False)
    above: list[bytes] = [make(b"\1" + left + right).digest() for left, right in pairs]
    if len(row) & 1:
        above.append(row[-1])
    return above


def _held(hashes: Sequence[bytes], algorithm: Algorithm) -> Subtree:
    rows = [hashes]
    while len(rows[-1]) > 1:
        rows.append(_row_above(rows[-1], algorithm))
    return lambda level, i: rows[level][i]


def _split(width: int) -> int:
    """The largest power of two below a width: how many leaves go left."""
    return 1 << (width - 1).bit_length() - 1


def _span(low: int, high: int, *, subtree: Subtree, algorithm: Algorithm) -> bytes:
    """The root of leaves low to high, where low begins a subtree at least that wide."""
    width = high - low
    if width & (width - 1) == 0:
        level = width.bit_length() - 1
        return subtree(level, low >> level)
    middle = low + _split(width)
    left = _span(low, middle, subtree=subtree, algorithm=algorithm)
    return node_hash(left, _span(middle, high, subtree=subtree, algorithm=algorithm), algorithm=algorithm)


def _skip_right(place: int, last: int) -> tuple[int, int]:
    """Climb while standing on the right of a pair."""
    while place & 1:
        place, last = place >> 1, last >> 1
    return place, last


def _skip_unpaired(place: int, last: int) -> tuple[int, int]:
    """Climb past levels where the last node has no partner."""
    while place and not place & 1:
        place, last = place >> 1, last >> 1
    return place, last
