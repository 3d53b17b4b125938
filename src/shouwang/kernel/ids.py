"""Identifiers in order of time (UUID version 7, RFC 9562), minted from a moment and entropy handed in."""

from datetime import UTC, date, datetime, timedelta, tzinfo
from uuid import UUID

ENTROPY = 10

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)
_VERSION = 0x7 << 76
_VARIANT = 0b10 << 62
# The first hex digit behind the variant bits.
_VARIANTS = {f"{digit:x}": f"{0b1000 | digit & 0b11:x}" for digit in range(16)}


def uuid7(at: datetime, entropy: bytes) -> UUID:
    """Mint an id at a moment; the same moment and entropy always give the same id."""
    if at.tzinfo is None:
        raise ValueError("at: a moment needs its time zone")
    if len(entropy) != ENTROPY:
        raise ValueError(f"entropy: {ENTROPY} bytes are needed, got {len(entropy)}")
    milliseconds = (at - _EPOCH) // _MILLISECOND
    if not 0 <= milliseconds < 1 << 48:
        raise ValueError(f"at: {at.isoformat()} lies outside what an id can carry")
    dice = int.from_bytes(entropy, "big")
    head = (dice >> 64) & 0xFFF
    tail = dice & ((1 << 62) - 1)
    return UUID(int=milliseconds << 80 | _VERSION | head << 64 | _VARIANT | tail)


def uuid7_texts(at: datetime, entropy: bytes) -> list[str]:
    """The texts of as many ids as there is entropy for, in their order: those of `uuid7`, many at once."""
    first = str(uuid7(at, bytes(ENTROPY)))[:15]
    dice = entropy.hex()
    return sorted(
        f"{first}{dice[n + 1 : n + 4]}-{_VARIANTS[dice[n + 4]]}{dice[n + 5 : n + 8]}-{dice[n + 8 : n + 20]}"
        for n in range(0, len(dice), 2 * ENTROPY)
    )


def moment_of(id: UUID) -> datetime:
    """Tell when an id was minted, to the millisecond, in UTC."""
    if id.version != 7:
        raise ValueError(f"id: {id} is not of version 7 and carries no time")
    return _EPOCH + (id.int >> 80) * _MILLISECOND


def day_of(id: UUID, zone: tzinfo = UTC) -> date:
    """Tell the day an id was minted, as the calendar of that zone has it."""
    return moment_of(id).astimezone(zone).date()
