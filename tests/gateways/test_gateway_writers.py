"""Writers that answer nonsense, late or never: each is started again, and what is not on disk is handed back."""

import asyncio
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from shouwang.domains.devices.models import Signal
from shouwang.gateways.gb26875 import writers
from shouwang.gateways.gb26875.keeping import Keeper
from shouwang.gateways.gb26875.sorting import sort
from shouwang.gateways.gb26875.writers import Away, Writer, Writers, Wrong
from shouwang.gateways.gb26875.writing import Given, kept
from tests.gateways.test_gateway_bounds import COUNTY, SENDER, Wire, entry, run
from tests.kernel.gb26875_story import alarm, frames_in

# Speaks as a writer does; its first life answers what the story wants, every later one says that one was new.
SPEAKER = """
import sys, time, msgspec
from pathlib import Path
LENGTH = 4
def message(**done):
    data = msgspec.msgpack.encode(done)
    return len(data).to_bytes(LENGTH, "little") + data
lives, asked = Path(sys.argv[1]), sys.stdin.buffer
before = lives.stat().st_size if lives.exists() else 0
with lives.open("a") as book:
    book.write("x")
def say(data):
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()
say(message())
while length := asked.read(LENGTH):
    asked.read(int.from_bytes(length, "little"))
    if before:
        say(message(new=1))
    elif sys.argv[2] == "nonsense":
        say((3).to_bytes(LENGTH, "little") + b"\\xc1\\xc1\\xc1")
    elif sys.argv[2] == "late":
        time.sleep(0.4)
        say(message(new=7))
    else:
        time.sleep(600)
"""


def items(serial: int = 1) -> list:
    [frame] = frames_in(alarm(serial))
    return sort(frame, SENDER, now=datetime.now(UTC)).keep


def speakers(monkeypatch: pytest.MonkeyPatch, folder: Path, how: str) -> tuple[Writers, Path]:
    lives = folder / "lives"
    monkeypatch.setattr(writers, "COMMAND", (sys.executable, "-c", SPEAKER, str(lives), how))
    return Writers([Writer()]), lives


def test_one_that_answers_nonsense_is_started_again(monkeypatch, tmp_path):
    async def story() -> None:
        found, lives = speakers(monkeypatch, tmp_path, "nonsense")
        await found.begin()
        with pytest.raises(Away):
            await found.keep(COUNTY, items())
        assert await found.keep(COUNTY, items()) == 1
        assert lives.read_text() == "xx"
        await found.end()

    run(story())


def test_an_answer_nobody_waited_for_is_not_taken_for_the_next(monkeypatch, tmp_path):
    async def story() -> None:
        found, _lives = speakers(monkeypatch, tmp_path, "late")
        await found.begin()
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(found.keep(COUNTY, items()), 0.1)
        assert await found.keep(COUNTY, items(2)) == 1
        await found.end()

    run(story())


def test_what_cannot_be_given_costs_no_writer(monkeypatch, tmp_path):
    async def story() -> None:
        found, lives = speakers(monkeypatch, tmp_path, "nonsense")
        await found.begin()
        with pytest.raises(TypeError):
            await found.keep(COUNTY, [object()])
        assert (found.free.qsize(), lives.read_text()) == (1, "x")
        await found.end()

    run(story())


def test_on_leaving_what_is_not_on_disk_is_handed_back_and_nobody_is_waited_for(monkeypatch, tmp_path):
    async def story() -> None:
        monkeypatch.setattr(writers, "LEAVING", 0.2)
        keeper, wire = Keeper(), Wire()
        keeper.writers, lives = speakers(monkeypatch, tmp_path, "never")
        await keeper.writers.begin()
        keeper.put(COUNTY, entry(wire, 1))
        await asyncio.sleep(0.1)
        keeper.put(COUNTY, entry(wire, 2))
        async with asyncio.timeout(5):
            assert await keeper.give_up() == 2
            await keeper.writers.end()
        assert (keeper.waiting, keeper.busy, keeper.queues, wire.said) == (0, {}, {}, b"")
        assert lives.read_text() == "x", "who leaves starts nobody"

    run(story())


@pytest.mark.django_db
def test_a_sign_that_copy_refuses_costs_what_was_read_in_that_signal_alone():
    """PostgreSQL has no sign for zero in a text; COPY says so in its own words, and the raw bytes are there."""
    good, bad = items(1) + items(2), items(3)
    for one in bad:
        one.facts["note"] = "a\0b"
    assert kept(Given(COUNTY, [*good, *bad])).new == len(good) + len(bad)
    facts = dict(Signal.objects.values_list("serial", "facts"))
    assert facts[3] == {} and facts[1]["component"] == facts[2]["component"] == 40


@pytest.mark.django_db
def test_one_that_cannot_be_kept_at_all_keeps_no_other_from_being_kept():
    bad, good = items(1), items(2)
    bad[0].number = 2**20
    done = kept(Given(COUNTY, [*bad, *good]))
    assert (done.new, done.away) == (0, "") and "out of range" in done.wrong
    assert list(Signal.objects.values_list("serial", flat=True)) == [2]
    assert kept(Given(COUNTY, good)).wrong == kept(Given(COUNTY, good)).away == ""


def test_what_is_wrong_is_told_as_such(monkeypatch, tmp_path):
    """The keeper then goes on to what waits behind it."""

    class Refuses(Writer):
        async def begin(self) -> None:
            """Is there already."""

        async def ask(self, _data: bytes) -> writers.Done:
            return writers.Done(wrong="no such sign")

    async def story() -> None:
        found = Writers([Refuses()])
        await found.begin()
        with pytest.raises(Wrong, match="no such sign"):
            await found.keep(COUNTY, items())
        assert found.free.qsize() == 1

    run(story())
