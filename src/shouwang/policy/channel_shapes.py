"""A way in for a hazard as a pack declares it (来源渠道): who may use it, its own facts, what its reporter is owed."""

from typing import Literal

from msgspec import Struct, field

from shouwang.policy.record_shapes import Field
from shouwang.policy.text import Text

Openness = Literal["named", "confidential", "anonymous"]
OPENNESS: tuple[Openness, ...] = ("named", "confidential", "anonymous")


class Owed(Struct, frozen=True, forbid_unknown_fields=True):
    """The answer a reporter is owed: by a clock of the pack, from when the report came or the case ended.

    ``field`` names the channel's own date that stands before the clock, where the sender gave one.
    """

    parameter: str
    anchor: Literal["received", "ended"]
    field: str = ""


class Channel(Struct, frozen=True, forbid_unknown_fields=True):
    """A way in (来源渠道). ``posts`` may use it; ``public`` lets anybody, without an account.

    ``openness`` lists how a reporter may stand to it; ``outside`` names the field that is the number in the system it
    comes from, under which it is known, however often it is sent.
    """

    id: str
    label: Text
    row: str
    posts: tuple[str, ...] = ()
    public: bool = False
    openness: tuple[Openness, ...] = ("named",)
    answer: Owed | None = None
    fields: dict[str, Field] = field(default_factory=dict)
    outside: str = ""
    help: Text | None = None
