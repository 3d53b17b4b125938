"""Devices ring: what the gateway acknowledges is kept, once, whoever sent it and whatever came before it."""

import signal as signals
import socket
import subprocess
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import psutil
import psycopg
import pytest

from shouwang.config.embedded import start
from shouwang.config.processes import command
from shouwang.domains.ledger.alone import Task
from shouwang.kernel.gb26875.frames import Command, Frame, encode, label_of
from shouwang.kernel.gb26875.layouts import objects_of, unit
from shouwang.kernel.gb26875.reading import Reader
from tests.gateways.gateway_story import Caller, Gate, gate, rows
from tests.kernel.gb26875_story import AT, alarm, sent
from tests.served import environment_in

pytestmark = [pytest.mark.database, pytest.mark.slow]
KEPT = "SELECT source, serial, sort, kind, county FROM devices_signal ORDER BY position"


@pytest.fixture(scope="module")
def house(tmp_path_factory) -> Iterator[tuple[Gate, str]]:
    for environment in environment_in(tmp_path_factory.mktemp("gateway") / "home"):
        url = environment.get("SHOUWANG_DATABASE_URL") or start(Path(environment["SHOUWANG_HOME"]))
        for words in (("migrate",), ("areas", "import", "--pack")):
            subprocess.run(command(*words), env=environment, check=True, stdout=subprocess.DEVNULL)
        with gate({**environment, "SHOUWANG_GATEWAY_LINES": "40", "SHOUWANG_GATEWAY_LINES_OF_ONE": "0"}) as found:
            yield found, url


def kept(url, source):
    return [row[1:] for row in rows(url, KEPT) if row[0] == str(source)]


def test_a_lone_alarm_is_kept_and_then_acknowledged(house):
    gate_, url = house
    [ack] = Caller(gate_.port).send(alarm(7, source=1001)).hear()
    assert (ack.serial, ack.command, ack.source, ack.destination, ack.data) == (7, Command.CONFIRM, 88888, 1001, b"")
    [(serial, sort, kind, county)] = kept(url, 1001)
    assert (serial, sort, kind) == (7, "fire", 2) and county.endswith("00"), "an unknown source is the centre's"
    assert rows(url, "SELECT device FROM devices_link WHERE address = '1001'") in ([], [(None,)])


def test_a_repetition_is_acknowledged_again_and_kept_once(house):
    gate_, url = house
    caller = Caller(gate_.port)
    assert len(caller.send(alarm(1, source=1002) * 3).hear(3)) == 3
    assert len(caller.send(alarm(1, source=1002)).hear()) == 1
    assert gate_.stop() == 0, "asked to stop, it ends well"
    gate_.start()
    assert len(Caller(gate_.port).send(alarm(1, source=1002)).hear()) == 1
    gate_.stop(signals.SIGKILL)
    gate_.start()
    assert len(Caller(gate_.port).send(alarm(1, source=1002) + alarm(2, source=1002)).hear(2)) == 2
    assert [row[0] for row in kept(url, 1002)] == [1, 2]


def test_asked_to_stop_while_nothing_can_be_written_it_goes_and_the_device_sends_again(house):
    gate_, url = house
    Caller(gate_.port).send(alarm(1, source=1012)).hear()
    [(*_said, county)] = kept(url, 1012)
    with psycopg.connect(url, autocommit=True) as other:
        other.execute("SELECT pg_advisory_lock(%s, %s)", [Task.RECEIVE.value, int(county)])
        caller = Caller(gate_.port).send(alarm(2, source=1012))
        assert caller.hear(seconds=1) == [], "nothing is acknowledged that is not on disk"
        writers = psutil.Process(gate_.process.pid).children()
        assert gate_.stop() == 0
        assert caller.hear(seconds=1) == [] and psutil.wait_procs(writers, 5)[1] == []
    gate_.start()
    assert len(Caller(gate_.port).send(alarm(2, source=1012)).hear()) == 1
    assert [row[0] for row in kept(url, 1012)] == [1, 2]


def test_serials_wrap_and_lose_nothing(house):
    gate_, url = house
    caller = Caller(gate_.port)
    for number, serial in enumerate((65534, 65535, 0, 1, 65535)):
        caller.send(alarm(serial, source=1003, at=AT + timedelta(seconds=number)))
    assert [ack.serial for ack in caller.hear(5)] == [65534, 65535, 0, 1, 65535]
    assert len(kept(url, 1003)) == 5


def test_damage_is_denied_and_the_next_frame_taken(house):
    gate_, url = house
    bad = bytearray(alarm(1, source=1004))
    bad[-3] ^= 1
    caller = Caller(gate_.port)
    [deny] = caller.send(bytes(bad)).hear()
    assert (deny.command, deny.serial) == (Command.DENY, 1)
    long = bytearray(alarm(2, source=1004))
    long[24:26] = (700).to_bytes(2, "little")
    answers = caller.send(bytes(long) + alarm(3, source=1004)).hear(2)
    assert Command.CONFIRM in [one.command for one in answers]
    assert [row[0] for row in kept(url, 1004)] == [3]


def test_what_cannot_be_read_or_is_not_known_is_kept_raw(house):
    gate_, url = house
    caller = Caller(gate_.port)
    frames = (b"\x02\x00", b"\x02\x01" + bytes(45), b"\xbe\x01\x00", b"\xcc\x02\x01\x02\x03")
    for serial, data in enumerate(frames):
        caller.send(sent(data, serial=serial, source=1005))
    assert {one.serial: one.command for one in caller.hear(4)} == {
        0: Command.DENY, 1: Command.DENY, 2: Command.CONFIRM, 3: Command.CONFIRM,
    }  # fmt: skip
    assert [row[1] for row in kept(url, 1005)] == ["unreadable", "unreadable", "unknown", "unknown"]
    assert caller.send(sent(command=7, source=1005, serial=9)).hear()[0].command == Command.DENY


def test_signs_of_life_are_answered_and_not_kept(house):
    gate_, url = house
    caller = Caller(gate_.port)
    assert len(caller.send(sent(source=1006) + sent(b"\x16", source=1006)).hear(2)) == 2
    assert kept(url, 1006) == []
    until = time.monotonic() + 6
    while not rows(url, "SELECT 1 FROM devices_link WHERE address = '1006'"):
        assert time.monotonic() < until
        time.sleep(0.1)


def test_datagrams_are_frames_too(house):
    gate_, url = house
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as wire:
        wire.settimeout(5)
        wire.sendto(alarm(3, source=1007), ("127.0.0.1", gate_.port))
        assert wire.recv(2000)[26] == Command.CONFIRM
        wire.sendto(alarm(4, source=1007)[:40], ("127.0.0.1", gate_.port))
        assert wire.recv(2000)[26] == Command.DENY
    assert [row[0] for row in kept(url, 1007)] == [3]


def test_full_of_silent_lines_there_is_still_room_for_a_device(house):
    gate_, url = house
    crowd = [Caller(gate_.port) for _ in range(60)]
    assert [one.serial for one in Caller(gate_.port).send(alarm(5, source=1008)).hear()] == [5]
    for one in crowd:
        one.close()
    assert len(kept(url, 1008)) == 1


def test_rubbish_without_end_is_held_back_or_cut_off_and_delays_nobody(house):
    gate_, _url = house
    flood = Caller(gate_.port)
    flood.socket.settimeout(2)
    with pytest.raises(OSError):
        for _ in range(4096):
            flood.send(bytes(4096))
    assert len(Caller(gate_.port).send(alarm(1, source=1010)).hear(seconds=1)) == 1


def test_a_device_is_asked_and_what_it_answers_is_kept_with_the_question(house):
    gate_, url = house
    caller = Caller(gate_.port)
    caller.send(sent(source=1009)).hear()
    order = _ask(url, 1009, "read")
    [asked] = caller.hear(seconds=5)
    assert (asked.command, objects_of(asked.data)[0], asked.destination) == (Command.REQUEST, 81, 1009)
    answer = unit(21, [{"status": 9, "time": AT}])
    caller.send(encode(Frame(asked.serial, Command.ANSWER, 1009, asked.source, label_of(AT), answer)))
    assert _answers(url, order) == [("fault",)]
    order = _ask(url, 1009, "duty_check", minutes=5)
    [asked] = caller.hear(seconds=5)
    assert objects_of(asked.data) == (91, 1, [{"minutes": 5}])
    caller.send(encode(Frame(asked.serial, Command.CONFIRM, 1009, asked.source, label_of(AT))))
    assert _answers(url, order) == [("confirmed",)]


def test_an_order_that_cannot_be_sent_is_told_as_unanswered_once(house):
    _gate, url = house
    unheard, nameless = (_ask(url, source, "read", ago=timedelta(minutes=9)) for source in (424242, "none"))
    _ask(url, 424242, "read")
    assert _answers(url, unheard) == _answers(url, nameless) == [("no_answer",)]
    time.sleep(1.2)
    told = rows(url, "SELECT answers FROM devices_signal WHERE sort = 'no_answer' ORDER BY position")
    assert {one for (one,) in told} == {unheard, nameless} and len(told) == 2


def test_what_came_as_a_datagram_is_acknowledged_even_when_the_gateway_is_asked_to_stop(house):
    gate_, url = house
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as wire, psycopg.connect(url) as slow:
        wire.settimeout(8)
        slow.execute("LOCK TABLE devices_signal IN EXCLUSIVE MODE")
        wire.sendto(alarm(5, source=1011), ("127.0.0.1", gate_.port))
        time.sleep(0.5)
        gate_.process.send_signal(signals.SIGTERM)
        time.sleep(0.5)
        slow.rollback()
        assert wire.recv(2000)[26] == Command.CONFIRM
    assert gate_.process.wait(20) == 0
    gate_.start()


def _ask(url, source, act, *, minutes=None, ago=timedelta()):
    """As the office asks: the row stands there, the gateway finds it."""
    order, county = uuid4(), rows(url, "SELECT region FROM areas_area WHERE level = 'county' LIMIT 1")[0][0]
    with psycopg.connect(url) as connection:
        connection.execute(
            "INSERT INTO devices_order (id, county, region, salt, line, device, address, act, minutes, at)"
            " VALUES (%s, %s, %s, '', %s, %s, %s, %s, %s, clock_timestamp() - %s)",
            [order, county, county, uuid4(), uuid4(), str(source), act, minutes, ago],
        )
    return order


def _answers(url, order):
    until = time.monotonic() + 5
    while not (found := rows(url, "SELECT sort FROM devices_signal WHERE answers = %s", order)):
        assert time.monotonic() < until, "no answer was kept"
        time.sleep(0.05)
    return found


def test_the_reader_of_the_story_reads_what_the_gateway_reads():
    assert [one.serial for one in Reader().feed(alarm(1))] == [1]
