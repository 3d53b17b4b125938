"""Random and mutated frames, good ones among them: never an exception, never a stall, every good one found.

`python -m bench fuzz --frames 10000000`; the suite runs a smaller share.
"""

import multiprocessing
import time
from collections.abc import Iterator
from random import Random

from shouwang.kernel.gb26875.frames import LONGEST, Frame, Refused, encode
from shouwang.kernel.gb26875.layouts import LAYOUTS, objects_of
from shouwang.kernel.gb26875.reading import Reader

GOOD, SHARE = 0xA11CE, 20_000
NOISE = (b"@@", b"##", b"@", b"\0\0", b"@@\x01\x00\x01\x01")


def frames(dice: Random) -> Iterator[tuple[bytes, int]]:
    """Without end: damaged or random bytes, and then a good frame with its serial."""
    serial = 0
    while True:
        kind = dice.choice(tuple(LAYOUTS))
        layout = LAYOUTS[kind]
        size = layout.fixed.size if layout.fixed else 3
        count = dice.randint(1, min(layout.most, 4))
        body = dice.randbytes(size * count) if layout.fixed else b"\1\1\0" * count
        data = bytes((kind, count)) + body
        yield _spoiled(encode(Frame(serial, 2, 4711, 1, dice.randbytes(6), data)), dice), -1
        serial = (serial + 1) & 0xFFFF
        yield encode(Frame(serial, dice.randint(1, 6), GOOD, 1, dice.randbytes(6), data)), serial


def _spoiled(frame: bytes, dice: Random) -> bytes:
    way, data = dice.randrange(7), bytearray(frame)
    at = dice.randrange(len(data))
    if way == 0:
        data[at] ^= 1 << dice.randrange(8)
    elif way == 1:
        del data[at]
    elif way == 2:
        del data[at:]
    elif way == 3:
        data[24:26] = dice.randbytes(2)
    elif way == 4:
        data.insert(at, data[at])
    elif way == 5:
        return b"".join(dice.choices(NOISE, k=4)) + dice.randbytes(dice.randrange(60))
    else:
        data[at] = dice.choice(b"@#\0\xff")
    return bytes(data)


def run(job: tuple[int, int]) -> tuple[int, int, float]:
    """Frames read, good ones missed, and the longest that one feed took."""
    seed, count = job
    dice, reader, missed, longest = Random(seed), Reader(), 0, 0.0
    for (data, serial), _ in zip(frames(dice), range(count), strict=False):
        begun, found = time.perf_counter(), False
        for one in reader.feed(data):
            if isinstance(one, Frame):
                found |= one.source == GOOD and one.serial == serial
                try:
                    objects_of(one.data)
                except Refused:
                    pass
        longest = max(longest, time.perf_counter() - begun)
        missed += serial >= 0 and not found
        assert len(reader.rest) <= 2 * LONGEST
    return count, missed, longest


def tell(count: int, *, workers: int) -> bool:
    """Print how it went; whether nothing was missed."""
    jobs = [(seed, min(SHARE, count - at)) for seed, at in enumerate(range(0, count, SHARE))]
    done, missed, longest, begun = 0, 0, 0.0, time.perf_counter()
    with multiprocessing.Pool(workers) as pool:
        for read, lost, slow in pool.imap_unordered(run, jobs):
            done, missed, longest = done + read, missed + lost, max(longest, slow)
    took = time.perf_counter() - begun
    print(f"{done:,} frames, half of them spoiled, in {took:.0f} s ({done / took:,.0f}/s)")
    print(f"good ones missed: {missed}   longest feed: {longest * 1000:.1f} ms")
    return missed == 0
