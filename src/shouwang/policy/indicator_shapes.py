"""An indicator as a pack declares it (指标): what the plan hopes for is counted, never failed."""

from msgspec import Struct, field

from shouwang.policy.duty_shapes import Where
from shouwang.policy.text import Text
from shouwang.policy.vocabulary import Better, LevelName, Unit


class Counted(Struct, frozen=True, forbid_unknown_fields=True):
    """Evidence of a kind in the year: how many, or the sum of one of its facts."""

    kind: str
    where: Where = field(default_factory=dict)
    sum: str = ""


class Fitted(Struct, frozen=True, forbid_unknown_fields=True):
    """Homes and places that have a ``device`` that was tried out, however many hang there: one of several is one.

    ``homes`` and ``places`` are the kinds that the row is about, as the registers know them; with none, whoever has one
    counts, out of nobody.
    """

    device: str
    homes: tuple[str, ...] = ()
    places: tuple[str, ...] = ()


class Indicator(Struct, frozen=True, forbid_unknown_fields=True):
    """One number a year for a body and all below it: ``counts`` (over ``over``, in percent, where given), or the
    share of ``duties`` that were met, or the homes and places ``fitted`` with a device as they stand now. ``better``
    says which way is good."""

    id: str
    row: str
    label: Text
    level: LevelName
    unit: Unit
    better: Better
    rows: tuple[str, ...] = ()
    counts: Counted | None = None
    over: Counted | None = None
    duties: tuple[str, ...] = ()
    fitted: Fitted | None = None

    @property
    def rows_served(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys((self.row, *self.rows)))
