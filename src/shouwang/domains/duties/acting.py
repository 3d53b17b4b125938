"""Who acts in this room, as a line of the ledger tells it, and the rows every act of it brings along."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings

from shouwang.domains.ledger.acts import Act
from shouwang.domains.ledger.minting import mint
from shouwang.kernel.codes import county_of
from shouwang.policy import load

from .models import Notice


@dataclass(frozen=True, kw_only=True)
class By:
    """Who acts, in which post, when, under which pack; nobody where the house acts by itself."""

    at: datetime
    pack: str
    actor: UUID | None = None
    post: str = ""

    def act(self, name: str, *, region: str, clause: str) -> Act:
        return Act(
            room="duties",
            name=name,
            region=region,
            at=self.at,
            pack=self.pack,
            actor=self.actor,
            post=self.post,
            clause=clause,
        )


def clause_of(action: str) -> str:
    """The row an action rests on in this installation's pack."""
    return load(settings.PACK).actions[action]


@dataclass(frozen=True, kw_only=True)
class About:
    """What a notice is about: a duty of a body, for a period or a case, or a plan."""

    region: str
    duty: str = ""
    period: str = ""
    subject: UUID | None = None


def notice(sort: str, *, event: UUID, recipient: UUID, about: About, at: datetime) -> Notice:
    return Notice(
        id=mint(at),
        county=county_of(about.region),
        region=about.region,
        event=event,
        sort=sort,
        recipient=recipient,
        duty=about.duty,
        period=about.period,
        subject=about.subject,
        at=at,
    )
