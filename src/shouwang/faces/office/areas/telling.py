"""A unit's history in plain words (沿革)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from shouwang.domains.areas.history import Event
from shouwang.domains.areas.words import KINDS, called


@dataclass(frozen=True, kw_only=True)
class Told:
    """One change as a sentence; `other` opens the unit it speaks of."""

    since: date
    words: str
    document: str
    other: str


def told(events: Iterable[Event], named: Mapping[str, str]) -> list[Told]:
    return [
        Told(since=one.since, words=_words(one, named), document=one.document, other=one.other) for one in events
    ]


def _words(one: Event, named: Mapping[str, str]) -> str:
    sentences = {
        "into": _("Went into %(other)s"),
        "from": _("%(other)s went into it"),
        "recoded": _("Went on under a new code as %(other)s"),
        "made_of": _("Was %(other)s under another code"),
        "ended": _("Was taken apart; %(other)s goes on with its old cases"),
        "heir_of": _("Goes on with the old cases of %(other)s"),
        "part_of": _("Was split off from %(other)s"),
        "gave": _("%(other)s was split off"),
        "renamed": _("Until then it was called %(name)s"),
        "reranked": _("Until then it was %(name)s, %(kind)s"),
        "set_up": _("Was set up"),
    }
    return sentences[one.sort] % {
        "other": f"{named.get(one.other, one.other)} ({one.other})",
        "name": called(one.zh, one.ko) if one.zh else "",
        "kind": str(KINDS.get(one.kind, one.kind)),
    }
