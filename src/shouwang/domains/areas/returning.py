"""The rows an import kept out, given back as a table with the reason beside each."""

import csv
import io
from collections.abc import Iterable

from django.utils.translation import gettext as _

from shouwang.policy.area_changes import Changes
from shouwang.policy.areas import Reading, Refusal

from .words import COLUMNS, say


def returned(reading: Reading | Changes, refusals: Iterable[Refusal]) -> str:
    """A CSV table of the refused rows, every cell as it was given."""
    against: dict[int, list[Refusal]] = {}
    for refusal in refusals:
        against.setdefault(refusal.line, []).append(refusal)
    headings = list(next(iter(reading.given.values()), {}))
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow([*headings, _("line of the table"), _("why it was kept out")])
    for line, reasons in against.items():
        row = reading.given.get(line, {})
        table.writerow([*(row.get(name, "") for name in headings), line, "; ".join(map(explained, reasons))])
    return out.getvalue()


def explained(refusal: Refusal) -> str:
    """Field and reason in the reader's language."""
    return f"{COLUMNS.get(refusal.field, refusal.field)}: {say(refusal)}"
