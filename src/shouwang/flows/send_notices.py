"""Notices go out to channels (通知外发): what the house tells somebody is also sent where they are reached.

No name, no address of a home and no phone number goes to another company's servers: place down to the village, and that
there is something to open.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from django.db import Error as DatabaseTrouble
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from shouwang.domains.areas.queries import counties, paths
from shouwang.domains.duties import deliveries
from shouwang.domains.duties.models import Delivery
from shouwang.domains.people.contacts import address_of, contacts_in, contacts_of_ids
from shouwang.domains.people.crypto import Unreadable
from shouwang.domains.people.models import Contact
from shouwang.domains.people.queries import languages
from shouwang.kernel.codes import covers
from shouwang.rules.telling import ALARMS, FIRST, REST, TRIAL, URGENT, hears, not_before, try_again

from .sight import pack

log = logging.getLogger(__name__)
AT_ONCE, LOOKS_BACK = 50, timedelta(days=1)
ENDED, PAUSED, NO_KEY = "the channel has ended", "the channel is paused", "no key opens the address"


@dataclass(frozen=True, kw_only=True)
class Letter:
    """One message to one channel; `id` stays the same however often it is tried."""

    id: str
    kind: str
    address: dict[str, str]
    subject: str
    text: str
    urgent: bool


class NotSent(Exception):
    """A channel did not take it; the message is the reason, and never holds a secret. `final`: it never will."""

    def __init__(self, reason: str, *, final: bool = False) -> None:
        super().__init__(reason)
        self.final = final


Sender = Callable[[Letter], None]


def plan_deliveries(*, now: datetime) -> int:
    """What is new for somebody who has a channel; how much that was."""
    return sum(_plan(county, now) for county in counties())


def _plan(county: str, now: datetime) -> int:
    known = contacts_in(_with_prefecture(county))
    if not known:
        return 0
    zone = pack().zone
    since = max(now - LOOKS_BACK, min(one.made_at for one in known))
    people, wide = {one.person for one in known if one.person}, any(REST in one.told for one in known)
    told = deliveries.to_send(county, people, sorts=None if wide else URGENT, since=since)
    wanted = {
        (event, one.id): (event, one.id, sort, region, not_before(sort, now.astimezone(zone), _quiet(one)))
        for event, recipient, sort, region, at in told
        for one in known
        if at >= one.made_at and _concerns(one, recipient, sort, region)
    }
    return deliveries.plan(county, list(wanted.values()), now=now)


def _with_prefecture(county: str) -> set[str]:
    """Whoever watches over a county from above is reached under the code of the prefecture."""
    return {county, f"{county[:4]}00"}


def _concerns(one: Contact, recipient: UUID, sort: str, region: str) -> bool:
    """Their own notices; an office that nobody in particular reads hears of what it chose in its area."""
    if one.person is not None:
        return one.person == recipient
    return hears(one.told, sort) and covers(one.region, region)


def _quiet(one: Contact) -> tuple[int, int] | None:
    return None if one.quiet_from is None or one.quiet_until is None else (one.quiet_from, one.quiet_until)


@dataclass(frozen=True, kw_only=True)
class _Round:
    """One walk over what is due. A channel that failed once is left out of the rest: who can be reached waits for
    nobody who cannot."""

    send: Sender
    clock: Callable[[], datetime]
    down: set[UUID] = field(default_factory=set)

    def county(self, county: str, *, urgent: bool) -> int:
        due = deliveries.take(county, sorts=URGENT, among=urgent, now=self.clock(), limit=AT_ONCE)
        reached = contacts_of_ids(_with_prefecture(county), [one.contact for one in due])
        for some in _bundles(due):
            self._one(some, reached.get(some[0].contact))
        return len(due)

    def _one(self, some: list[Delivery], contact: Contact | None) -> None:
        if contact is None:
            deliveries.failed(some, ENDED, again=None)
        elif contact.paused_at is not None:
            deliveries.failed(some, PAUSED, again=None)
        elif contact.id in self.down:
            deliveries.put_back(some, at=self.clock() + FIRST)
        else:
            self._try(some, contact)

    def _try(self, some: list[Delivery], contact: Contact) -> None:
        try:
            self.send(_letter(some, contact))
        except Unreadable:
            deliveries.failed(some, NO_KEY, again=None)
        except NotSent as no:
            self._again(some, contact, str(no), final=no.final)
        except DatabaseTrouble:
            raise
        except Exception as error:  # noqa: BLE001 - one channel, however odd, must not keep alarms from all others
            # Only where, not what: the words of an error may hold the address, and that is secret.
            log.error("Channel %s could not be used: %s", contact.id, type(error).__name__)  # noqa: TRY400
            self._again(some, contact, type(error).__name__)
        else:
            deliveries.sent(some, now=self.clock())

    def _again(self, some: list[Delivery], contact: Contact, reason: str, *, final: bool = False) -> None:
        self.down.add(contact.id)
        again = None if final else try_again(max(one.tries for one in some), self.clock())
        deliveries.failed(some, reason, again=again)


def send_due(send: Sender, *, clock: Callable[[], datetime]) -> int:
    """Send what is due, the alarms of all counties before anything else; how much was due."""
    known, one = counties(), _Round(send=send, clock=clock)
    for county in known:
        deliveries.left_over(county, alarms=URGENT, now=clock())
    return sum(one.county(county, urgent=urgent) for urgent in (True, False) for county in known)


def _bundles(due: Sequence[Delivery]) -> list[list[Delivery]]:
    """Alarms each for itself; the rest of a channel together, so that a morning is one message."""
    together: dict[UUID, list[Delivery]] = {}
    for one in due:
        together.setdefault(one.id if one.sort in {*URGENT, TRIAL} else one.contact, []).append(one)
    return list(together.values())


def _letter(some: list[Delivery], contact: Contact) -> Letter:
    first = some[0]
    language = languages([contact.person]).get(contact.person, "zh-hans") if contact.person else "zh-hans"
    with translation.override(language):
        return Letter(
            id=str(first.id), kind=contact.kind, address=address_of(contact), subject=_subject(first, len(some)),
            text=_text(first, len(some)), urgent=first.sort in URGENT,
        )  # fmt: skip


def _subject(first: Delivery, number: int) -> str:
    if first.sort in ALARMS:
        return _("Fire alarm")
    if first.sort in URGENT:
        return _("Call for help")
    if first.sort == TRIAL:
        return _("Word of trial")
    return ngettext("%(n)s new notice", "%(n)s new notices", number) % {"n": number}


def _text(first: Delivery, number: int) -> str:
    village = first.region[:12]
    place = {"place": paths({village})[village]} if first.sort in ALARMS else {}
    match first.sort:
        case "alarm":
            return _("An alarm rings in %(place)s. Open it now; a real fire: call 119 first.") % place
        case "alarm_up":
            return _("An alarm in %(place)s has no result. Open the alarm desk now.") % place
        case "alarm_real":
            return _("A fire is confirmed in %(place)s. Check that 119 was called; open the alarm desk now.") % place
        case "trial":
            return _("This channel works. Nothing has happened and nothing is to be done.")
        case "neighbours_called":
            return _("A call for help from your neighbours. Open it now.")
    return _("%(what)s. Open the system to read it.") % {"what": _subject(first, number)}
