"""The alarm wire reads what the standard writes, both ways, and every trap that cost others an alarm."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from shouwang.kernel.gb26875.frames import (
    MOST,
    Command,
    Frame,
    Refused,
    encode,
    fault,
    header_of,
    label_of,
    moment_of,
    reply,
    whole,
)
from shouwang.kernel.gb26875.layouts import LAYOUTS, NOTE, cut, objects_of, text_of, unit
from shouwang.kernel.gb26875.meaning import flags_of, sort_of
from shouwang.kernel.gb26875.profiles import PROFILES, STRICT, profile
from shouwang.kernel.gb26875.reading import Rubbish
from shouwang.kernel.gb26875.telling import frame_of, told
from tests.kernel.gb26875_story import AT, alarm, frames_in, read_all, sent, units

SAMPLES = [folder / "shared" / "data" / "gb26875" / "frames.json" for folder in Path(__file__).resolve().parents]
SAMPLE = next((path for path in SAMPLES if path.exists()), None)


@pytest.mark.skipif(SAMPLE is None, reason="the captured frames (shared/data/gb26875/frames.json) are not here")
def test_captured_frames_say_what_they_are_known_to_say():
    captured = json.loads(SAMPLE.read_text("utf-8"))
    assert len(captured) >= 20
    for one in captured:
        [said] = told(bytes.fromhex(one["hex"]))
        assert said["ok"] == (one["verdict"] == "PASS"), one["meaning"]
        assert (said["serial"], said["version"], said["time"]) == (one["serial"], one["version"], one["time_tag"])
        assert (said["source"], said["destination"]) == (one["src_addr"], one["dst_addr"])
        assert said["command"] == one["command"]
        if said["ok"]:
            assert said["type"] == one.get("type_flag") and said["count"] == one.get("count")
            assert frame_of(said).hex().upper() == one["hex"] or "note" in str(said["objects"]), one["meaning"]
        if said["ok"] and (component := one.get("component")):
            [thing] = said["objects"]
            assert (thing["system"], thing["system_address"], thing["component"]) == (
                component["sys"], component["sysaddr"], component["type"],
            )  # fmt: skip
            assert (thing["address"], thing["status"], thing["note"]) == (
                component["addr_hex"], component["status"], component["note"],
            )  # fmt: skip
    reasons = [told(bytes.fromhex(one["hex"]))[0]["error"] for one in captured if one["verdict"] == "FAIL"]
    assert reasons == [
        "wrong checksum: says 43, counted 53",
        "no end mark where the length puts it: 2313",
    ]


@settings(max_examples=400)
@given(units(), some.integers(0, 65535), some.integers(0, 2**48 - 1), some.sampled_from(list(Command)))
def test_every_type_goes_out_and_comes_back(one, serial, source, command):
    kind, objects = one
    frame = Frame(serial, command, source, 1, label_of(AT), unit(kind, objects))
    [back] = frames_in(encode(frame))
    assert back == frame
    assert objects_of(back.data) == (kind, len(objects), objects)


@settings(max_examples=100)
@given(units())
def test_what_is_told_can_be_sent_again(one):
    data = sent(unit(*one))
    [said] = told(data)
    assert said["ok"] and frame_of(json.loads(json.dumps(said))) == data


def test_each_type_of_the_standard_is_there_with_its_size_and_limit():
    """Spec 1.5, the figures' sizes: a frame full of any type stays within 1024 bytes."""
    sizes = {kind: layout.fixed.size for kind, layout in LAYOUTS.items() if layout.fixed}
    assert sizes == {
        1: 10, 2: 46, 3: 16, 4: 10, 5: 4, 7: 38, 8: 8, 21: 7, 24: 8, 25: 2, 28: 6, 61: 2, 62: 6, 63: 6, 64: 9, 65: 2,
        66: 2, 67: 6, 68: 2, 81: 1, 84: 7, 85: 1, 86: 1, 88: 1, 89: 1, 90: 6, 91: 1,
    }  # fmt: skip
    assert all(size * LAYOUTS[kind].most + 2 <= MOST for kind, size in sizes.items())
    assert set(LAYOUTS) - set(sizes) == {6, 26}


def test_fire_raises_whatever_the_test_bit_says():
    for kind in (1, 2, 21):
        fire = flags_of(kind, {"status": 0b10})
        assert set(fire) == {"fire", "test"} and sort_of(kind, fire) == "fire"
        assert sort_of(kind, flags_of(kind, {"status": 0b11})) == "fire"
        assert sort_of(kind, flags_of(kind, {"status": 0xFFFF})) == "fire"
    assert sort_of(2, flags_of(2, {"status": 0})) == "normal"
    assert sort_of(1, flags_of(1, {"status": 1 << 10 | 1})) == "fault"
    assert sort_of(24, flags_of(24, {"operation": 1 << 5})) == "duty_answer"
    assert sort_of(4, flags_of(4, {"operation": 1 << 5})) == "operation"
    assert sort_of(4, flags_of(4, {"operation": 1 << 2})) == "manual_alarm"


def test_the_length_rules_and_end_marks_inside_are_just_bytes():
    """35 seconds, an address and a text all may hold two number signs."""
    inside = alarm(note="##走廊##", address="23232323", at=AT.replace(second=35, minute=35))
    assert inside.count(b"##") > 3
    [one] = frames_in(inside)
    assert objects_of(one.data)[2][0]["note"] == "##走廊##"


def test_the_high_byte_of_the_length_counts():
    many = [{"system": 1, "system_address": n, "status": 2, "time": AT} for n in range(102)]
    data = sent(unit(1, many))
    assert len(data) == 30 + 1022
    [one] = frames_in(data)
    assert objects_of(one.data) == (1, 102, many)


def test_a_longer_data_unit_than_allowed_is_no_frame():
    head = bytearray(sent())
    head[24:26] = (MOST + 1).to_bytes(2, "little")
    assert "over 1024" in fault(bytes(head) + bytes(MOST + 1))
    assert frames_in(bytes(head) + bytes(2000), alarm(7))[0].serial == 7
    with pytest.raises(ValueError, match="at most 1024"):
        sent(bytes(MOST + 1))


def test_a_lone_frame_is_read_at_once_and_so_is_one_in_single_bytes():
    assert [one.serial for one in read_all(alarm(3))] == [3]
    pieces = [bytes((byte,)) for byte in alarm(4)]
    assert read_all(*pieces[:-1]) == []
    assert [one.serial for one in read_all(*pieces)] == [4]


def test_a_read_buffer_is_not_a_frame():
    stuck = alarm(1) + alarm(2) + alarm(3)[:20]
    assert [one.serial for one in frames_in(stuck, alarm(3)[20:] + alarm(4))] == [1, 2, 3, 4]


@pytest.mark.parametrize("spoil", [27, 40, 72, 74, 75])
def test_a_damaged_frame_costs_itself_alone(spoil):
    bad = bytearray(alarm(1))
    bad[spoil] ^= 0x5A
    first, second = read_all(bytes(bad) + alarm(2))
    assert isinstance(first, Rubbish) and first.data == bytes(bad)
    assert isinstance(second, Frame) and second.serial == 2
    assert header_of(first.data).serial == 1


def test_a_lone_damaged_frame_is_told_at_once():
    bad = bytearray(alarm(1))
    bad[-3] ^= 1
    [one] = read_all(bytes(bad))
    assert isinstance(one, Rubbish) and "checksum" in one.reason


def test_a_frame_that_says_it_is_longer_does_not_hold_back_the_next():
    bad = bytearray(alarm(1))
    bad[24:26] = (900).to_bytes(2, "little")
    assert [one.serial for one in frames_in(bytes(bad), alarm(2))] == [2]


@pytest.mark.parametrize("lost", range(2, 60))
def test_a_lost_byte_is_seen_even_where_the_sum_cannot(lost):
    data = alarm(1, note="走廊")
    cut_short = data[:lost] + data[lost + 1 :]
    assert [one.serial for one in frames_in(cut_short + alarm(2))] == [2]


def test_swapped_bytes_pass_the_sum_but_not_the_count_of_objects():
    data = unit(24, [{"operation": 32, "operator": 1, "time": AT}])
    swapped = bytes((data[0], data[2], data[1])) + data[3:]
    assert sum(swapped) == sum(data)
    with pytest.raises(Refused, match="do not make"):
        objects_of(swapped)


@pytest.mark.parametrize("kind", sorted(LAYOUTS))
def test_an_object_count_of_nought_is_refused(kind):
    with pytest.raises(Refused, match="object count 0"):
        cut(bytes((kind, 0)))
    with pytest.raises(Refused, match="object count 0"):
        cut(bytes((kind, 0)) + bytes(46))


def test_two_configurations_of_unequal_length_are_both_read():
    both = [
        {"system": 1, "system_address": 1, "text": "甲"},
        {"system": 1, "system_address": 2, "text": "乙座十二层东侧走廊"},
    ]
    assert objects_of(unit(6, both)) == (6, 2, both)
    for wrong in (unit(6, both)[:-1], unit(6, both) + b"\0", b"\x06\x03" + unit(6, both)[2:], b"\x06\x01\1\1"):
        with pytest.raises(Refused):
            objects_of(wrong)


def test_two_and_more_objects_are_cut_where_they_end():
    three = [{"system": n, "system_address": 1, "status": n, "time": AT} for n in (1, 2, 3)]
    assert objects_of(unit(1, three)) == (1, 3, three)
    with pytest.raises(Refused, match="at most 1"):
        cut(b"\x5b\x02\x0a\x0a")


def test_a_text_is_cut_at_nul_and_never_fails():
    assert text_of("走廊".encode("gb18030") + b"\0\xff\xff old text") == "走廊"
    half = ("防" * 16).encode("gb18030")[:NOTE]
    assert text_of(half).startswith("防" * 15)
    assert text_of(b"\x80\xff\xff\xff") != "" and text_of(b"  ") == "" and text_of(bytes(NOTE)) == ""


def test_unknown_types_are_handed_on_raw():
    for kind in (9, 22, 92, 190, 204, 205, 254):
        [one] = frames_in(sent(bytes((kind, 1)) + b"\1\2\3"))
        assert objects_of(one.data) == (kind, 1, [{"raw": "010203"}])
    assert cut(b"\xbe\x00") == (190, 0, [b""])


def test_no_version_is_a_reason_to_refuse():
    for major, minor in ((16, 0), (1, 16), (1, 5), (0, 255)):
        data = encode(Frame(1, 2, 889, 1, label_of(AT), b"", major, minor))
        assert told(data)[0] | {"ok": True, "version": f"{major}.{minor}"} == told(data)[0]


def test_a_clock_that_no_clock_shows_refuses_nothing():
    data = unit(21, [{"status": 2, "time": AT}])[:-6] + b"\x63\x63\x63\x63\x63\x63"
    assert objects_of(data) == (21, 1, [{"status": 2, "time": None}])
    assert moment_of(bytes(6)) is None and moment_of(label_of(AT)) == AT
    assert told(sent(data))[0]["ok"]


def test_an_answer_keeps_serial_and_version_and_swaps_the_addresses():
    frame = whole(alarm(65535))
    back = whole(reply(frame, Command.CONFIRM, label=label_of(AT)))
    assert (back.serial, back.source, back.destination, back.data) == (65535, 88888, 889, b"")
    assert fault(reply(frame, Command.DENY, label=label_of(AT))) == ""


def test_reserved_commands_are_refused_and_makers_own_are_not():
    assert told(sent(command=7))[0]["error"] == "unknown command 7"
    assert told(sent(command=0))[0]["ok"] is False
    assert told(sent(command=200))[0]["ok"]


def test_one_byte_is_a_sign_of_life():
    assert told(sent(b"\x16"))[0]["ok"] and told(sent())[0]["ok"]
    assert PROFILES["short-heartbeat"].short[0x16] == 0x17
    assert profile("a maker nobody knows") is STRICT


def test_what_cannot_be_sent_is_named():
    for said, word in (
        ({"type": 2, "objects": []}, "1 to 22"),
        ({"type": 91, "objects": [{"minutes": 256}]}, "duty_check"),
        ({"type": 91, "objects": [{}]}, "minutes"),
        ({"type": 26, "objects": [{"text": "长" * 200}]}, "at most 255"),
        ({"serial": 65536}, "frame"),
        ({"source": -1}, "frame"),
    ):
        with pytest.raises(ValueError, match=word):
            frame_of(said)
