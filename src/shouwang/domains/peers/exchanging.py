"""Keeping what is exchanged (交换留痕): planned once, receipted once."""

from collections.abc import Sequence
from datetime import datetime

from .models import Exchange, Peer


def plan(rows: Sequence[Exchange]) -> None:
    """What is planned already stays as it is."""
    Exchange.objects.bulk_create(rows, ignore_conflicts=True)


def receipted(row: Exchange, receipt: str, *, at: datetime) -> None:
    row.state, row.receipt, row.done_at, row.next_at, row.reason = "sent", _plain(receipt, 80), at, None, ""
    row.tries += 1
    row.save(update_fields=["state", "receipt", "done_at", "next_at", "reason", "tries"])


def put_off(row: Exchange, reason: str, *, until: datetime) -> None:
    row.tries, row.reason, row.next_at = row.tries + 1, _plain(reason, 120), until
    row.save(update_fields=["tries", "reason", "next_at"])


def give_up(peer: Peer) -> None:
    """The connection has ended: nobody waits for a receipt any more."""
    Exchange.objects.filter(county=peer.county, peer=peer.id, state="waiting").update(state="ended", next_at=None)


def receive(row: Exchange) -> None:
    """Raises IntegrityError for an event that came before."""
    row.save(force_insert=True)


def _plain(text: str, most: int) -> str:
    """Words of another machine: what no column takes would keep its whole queue waiting."""
    return "".join(sign for sign in text if sign.isprintable())[:most]
