"""Dated values with their provenance: what the plan, a standard, a local decision or only we say (参数)."""

from datetime import date

from msgspec import Struct

from shouwang.policy.text import Text
from shouwang.policy.vocabulary import LevelName, Provenance, Unit


class Value(Struct, frozen=True, forbid_unknown_fields=True):
    """One value as it stands from a day on. ``mark`` says how surely a standard was read: H or M."""

    provenance: Provenance
    value: int | str | None = None
    source: str = ""
    since: date | None = None
    mark: str = ""
    signer: str = ""
    signed_on: date | None = None

    @property
    def is_set(self) -> bool:
        return self.provenance != "unset" and self.value is not None


UNSET = Value(provenance="unset")


class Parameter(Struct, frozen=True, forbid_unknown_fields=True):
    """A number or word the plan leaves open or states; ``keeper`` is the post that must enter it."""

    id: str
    label: Text
    unit: Unit
    row: str
    keeper: str
    level: LevelName
    values: tuple[Value, ...]

    def on(self, day: date) -> Value:
        """An old case is judged with the value of its own day."""
        standing = [value for value in self.values if value.since is not None and value.since <= day]
        return max(standing, key=lambda value: value.since or date.min, default=UNSET)
