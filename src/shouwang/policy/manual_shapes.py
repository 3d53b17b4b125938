"""A page of the operating manual as a pack writes it (操作手册): what the pack itself cannot know, in plain words."""

from msgspec import Struct

from shouwang.policy.text import Text


class Manual(Struct, frozen=True, forbid_unknown_fields=True):
    """How a kind of work is done. It covers every duty of its ``rows``, and the single ``duties`` it names.

    Who owes it, by when, what proves it and what follows are told from those duties; ``steps`` are for people.
    ``acts`` are steps of the hazard loop and ``records`` record types it explains beside those of its duties;
    ``readers`` are posts it is meant for beside those who perform the duties; ``never`` says what nobody asks for.
    """

    id: str
    label: Text
    purpose: Text
    steps: tuple[Text, ...]
    rows: tuple[str, ...] = ()
    duties: tuple[str, ...] = ()
    acts: tuple[str, ...] = ()
    records: tuple[str, ...] = ()
    readers: tuple[str, ...] = ()
    tips: tuple[Text, ...] = ()
    never: tuple[Text, ...] = ()
