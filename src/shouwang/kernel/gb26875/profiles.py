"""How makers depart from the standard (方言): one profile a device, as data. The version bytes never matter."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from .layouts import LAYOUTS, UP, Layout


@dataclass(frozen=True)
class Profile:
    """What differs from the strict reading.

    `heartbeats` are types that say only that the device lives; `short` answers a data unit of one byte with another
    one; `big_address` reads the address of a component high byte first; `more` are the maker's own types.
    """

    heartbeats: frozenset[int] = frozenset()
    short: Mapping[int, int] = field(default_factory=dict)
    big_address: bool = False
    more: Mapping[int, Layout] = field(default_factory=dict)

    @property
    def layouts(self) -> Mapping[int, Layout]:
        return {**LAYOUTS, **self.more} if self.more else LAYOUTS


STRICT = Profile()
PROFILES: Mapping[str, Profile] = {
    "strict": STRICT,
    "big-address": Profile(big_address=True),
    "time-heartbeat": Profile(heartbeats=frozenset({28})),
    "short-heartbeat": Profile(short={0x16: 0x17}),
    "fscn8001": Profile(
        heartbeats=frozenset({190}), more={190: Layout("alive", (("reserved", "byte"),), 1, UP)}
    ),
}


def profile(name: str) -> Profile:
    """A profile by its name; the strict one for a name nobody knows, so that no alarm waits for a list."""
    return PROFILES.get(name, STRICT)
