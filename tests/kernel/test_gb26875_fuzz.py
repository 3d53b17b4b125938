"""Any bytes: never an exception, never a stall, and the next good frame is always found (ten million in `bench`)."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from shouwang.kernel.gb26875.frames import LONGEST, Frame
from shouwang.kernel.gb26875.reading import Reader
from shouwang.kernel.gb26875.telling import told
from tests.kernel.gb26875_story import alarm, damaged, read_all, rubbish, units


@pytest.mark.parametrize("seed", range(8))
def test_the_next_good_frame_is_always_found(seed):
    dice, reader = Random(seed), Reader()
    for number in range(2500):
        noise = b"".join(_noise(dice) for _ in range(dice.randint(1, 3)))
        good = alarm(number, source=4711, note="好" * dice.randint(0, 15))
        found = _feed(reader, noise + good, dice)
        serials = [one.serial for one in found if isinstance(one, Frame) and one.source == 4711]
        assert number in serials, (seed, number)
        assert len(reader.rest) <= 2 * LONGEST


def _noise(dice):
    return damaged(alarm(1), dice) if dice.random() < 0.7 else rubbish(dice)


def _feed(reader, data, dice):
    """As a network hands it over: whole, or in pieces of any size."""
    if dice.random() < 0.5:
        return list(reader.feed(data))
    found, at = [], 0
    while at < len(data):
        step = dice.randint(1, 40)
        found += reader.feed(data[at : at + step])
        at += step
    return found


@settings(max_examples=300)
@given(some.lists(some.binary(max_size=200), max_size=5))
def test_bytes_are_never_lost_and_never_invented(pieces):
    reader = Reader()
    for piece in pieces:
        list(reader.feed(piece))
    assert len(reader.rest) <= 2 * LONGEST
    assert told(b"".join(pieces)) is not None


@settings(max_examples=200)
@given(some.lists(units(), min_size=1, max_size=3), some.binary(max_size=60), some.randoms(use_true_random=False))
def test_how_the_network_cuts_them_does_not_matter(several, noise, dice):
    from shouwang.kernel.gb26875.layouts import unit
    from tests.kernel.gb26875_story import sent

    stream = b"".join(noise.replace(b"@", b"") + sent(unit(*one), serial=n) for n, one in enumerate(several))
    whole = [one for one in read_all(stream) if isinstance(one, Frame)]
    cut = [one for one in _feed(Reader(), stream, dice) if isinstance(one, Frame)]
    assert [one.serial for one in whole] == list(range(len(several)))
    assert whole == cut


def test_a_flood_of_starts_is_cheap():
    reader = Reader()
    list(reader.feed(b"@" * 200_000))
    assert len(reader.rest) <= 2 * LONGEST
    assert any(isinstance(one, Frame) for one in reader.feed(alarm(9)))
