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


class Indicator(Struct, frozen=True, forbid_unknown_fields=True):
    """One number a year for a body and all below it: ``counts`` (over ``over``, in percent, where given), or the
    share of ``duties`` that were met. ``better`` says which way is good."""

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

    @property
    def rows_served(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys((self.row, *self.rows)))
