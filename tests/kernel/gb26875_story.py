"""Frames and objects of every type for the tests of the codec; rubbish and damage made from a seed."""

from datetime import datetime, timedelta
from random import Random

from hypothesis import strategies as some

from shouwang.kernel.gb26875.frames import ZONE, Command, Frame, encode, label_of
from shouwang.kernel.gb26875.layouts import LAYOUTS, NOTE, unit
from shouwang.kernel.gb26875.reading import Reader

AT = datetime(2026, 11, 26, 2, 0, 7, tzinfo=ZONE)
# No NUL and no trailing space: both are padding, which nobody can tell from text.
SIGNS = some.characters(codec="gb18030", exclude_characters="\0", exclude_categories=("Cs",))
TEXT = some.text(SIGNS, max_size=90).map(lambda text: text.rstrip(" "))
FIELDS = {
    "byte": some.integers(0, 255),
    "status": some.integers(0, 65535),
    "value": some.integers(-32768, 32767),
    "address": some.binary(min_size=4, max_size=4).map(bytes.hex),
    "note": TEXT.filter(lambda text: len(text.encode("gb18030")) <= NOTE),
    "text": TEXT.filter(lambda text: len(text.encode("gb18030")) <= 255),
    "time": some.integers(0, 86399 * 365 * 90).map(lambda s: datetime(2000, 1, 1, tzinfo=ZONE) + timedelta(seconds=s)),
}


@some.composite
def units(draw):
    """(type, objects) of any type, as many as its frame may hold."""
    kind = draw(some.sampled_from(sorted(LAYOUTS)))
    layout = LAYOUTS[kind]
    one = some.fixed_dictionaries({name: FIELDS[shape] for name, shape in layout.fields})
    return kind, draw(some.lists(one, min_size=1, max_size=min(layout.most, 4)))


def sent(data=b"", *, serial=1, command=Command.SEND, source=889, destination=88888, minor=1):
    return encode(Frame(serial, command, source, destination, label_of(AT), data, 1, minor))


def alarm(serial=1, *, status=2, source=889, note="", kind=40, address="0a000200", at=AT):
    """A smoke detector reports; 2 is FIRE with the bit of normal running down."""
    one = {
        "system": 1, "system_address": 1, "component": kind, "address": address, "status": status, "note": note,
        "time": at,
    }  # fmt: skip
    return sent(unit(2, [one]), serial=serial, source=source)


def read_all(*pieces):
    reader = Reader()
    return [one for piece in pieces for one in reader.feed(piece)]


def frames_in(*pieces):
    return [one for one in read_all(*pieces) if isinstance(one, Frame)]


def damaged(frame, dice: Random):
    """A frame as a bad line hands it on: bits turned, bytes lost, doubled, swapped, or cut off."""
    data = bytearray(frame)
    for _ in range(dice.randint(1, 3)):
        at = dice.randrange(max(1, len(data) - 1))
        match dice.randrange(5):
            case 0:
                data[at] ^= 1 << dice.randrange(8)
            case 1:
                del data[at]
            case 2:
                data.insert(at, data[at])
            case 3:
                data[at] = dice.choice(b"@#\0\xff")
            case _:
                del data[max(2, at) :]
    return bytes(data)


def rubbish(dice: Random):
    """Noise that likes to look like the beginning and the end of something."""
    pieces = [b"@@", b"##", b"@", b"\0\0", dice.randbytes(dice.randint(0, 40))]
    return b"".join(dice.choices(pieces, k=dice.randint(0, 6)))
