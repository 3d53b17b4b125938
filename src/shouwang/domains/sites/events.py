"""What the sites room announces as evidence: a place came on the register or off it, staff was taught, rounds done."""

from datetime import datetime

from shouwang.domains.ledger.events import evidence
from shouwang.domains.ledger.models import Evidence

from .models import Round, Site, Taught

ROOM, CLOSED = "sites", "site.closed"


def registered(site: Site, *, crowded: bool) -> Evidence:
    facts = {"kind": site.kind, "crowded": crowded}
    return evidence("site.registered", subject=site.id, region=site.region, room=ROOM, at=site.entered_at, facts=facts)


def verified(site: Site, *, at: datetime, crowded: bool) -> Evidence:
    facts = {"kind": site.kind, "crowded": crowded}
    return evidence("site.verified", subject=site.id, region=site.region, room=ROOM, at=at, facts=facts)


def closed(site: Site, *, occurred: datetime, at: datetime) -> Evidence:
    """What it owed from that day, which may be long past, is judged again."""
    return evidence(
        CLOSED, subject=site.id, region=site.region, room=ROOM, at=at, occurred_at=min(occurred, at),
        facts={"kind": site.kind},
    )  # fmt: skip


def taught(done: Taught, *, occurred: datetime) -> Evidence:
    """About the place, so that a duty reaches each of them; never who was taught."""
    return evidence(
        "site.trained", subject=done.site_id, region=done.region, room=ROOM, at=done.entered_at,
        occurred_at=min(occurred, done.entered_at), facts={"kind": done.kind, "persons": done.persons},
    )  # fmt: skip


def began(done: Taught, record: str, *, began_at: datetime) -> Evidence:
    """Staff came, or changed posts, and were taught: what the pack counts in a type of record."""
    facts = {"kind": done.kind, "persons": done.persons, "trained": True, "trained_on": done.on.isoformat()}
    return evidence(
        f"record.{record}", subject=done.id, region=done.region, room=ROOM, at=done.entered_at,
        occurred_at=min(began_at, done.entered_at), facts=facts,
    )  # fmt: skip


def went_round(done: Round, *, kind: str, well: bool) -> Evidence:
    facts = {"kind": kind, "well": well}
    return evidence("site.patrolled", subject=done.site_id, region=done.region, room=ROOM, at=done.at, facts=facts)
