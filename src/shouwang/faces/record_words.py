"""Words of the records room (台账用语): acts and states, in the reader's language."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

ACTS: Mapping[str, Promise] = {
    "enter": gettext_lazy("Enter the record"),
    "enter_many": gettext_lazy("Enter many records"),
    "amend": gettext_lazy("Change the record"),
    "attach": gettext_lazy("Add papers"),
    "confirm": gettext_lazy("Confirm the record"),
    "return": gettext_lazy("Send back"),
    "withdraw": gettext_lazy("Withdraw"),
    "unmask": gettext_lazy("Show personal details"),
}
TONES = {"confirmed": "green", "returned": "amber", "entered": "blue", "withdrawn": ""}
WAYS: Mapping[str, Promise] = {
    "form": gettext_lazy("by form"),
    "excel": gettext_lazy("from a table"),
    "paper": gettext_lazy("from a scanned sheet"),
    "api": gettext_lazy("from another system"),
}


def act_name(act: str) -> str:
    return str(ACTS.get(act, act))


def act_done(act: str) -> str:
    """Recorded: 核实. Empty for a word that somebody put into the address."""
    return _("Recorded: %(act)s") % {"act": act_name(act)} if act in ACTS else ""


def way_name(way: str) -> str:
    return str(WAYS.get(way, way))


# A period as people say it, by language; 2026-11, 2026-Q4, 2026-H2 and 2026 stand in lists and tables.
PERIODS: Mapping[str, Mapping[str, str]] = {
    "zh": {
        "month": "{year}年{n}月",
        "Q": "{year}年第{n}季度",
        "H1": "{year}年上半年",
        "H2": "{year}年下半年",
        "year": "{year}年",
    },
    "ko": {
        "month": "{year}년 {n}월",
        "Q": "{year}년 제{n}분기",
        "H1": "{year}년 상반년",
        "H2": "{year}년 하반년",
        "year": "{year}년",
    },
    "en": {
        "month": "{year}-{n:02d}",
        "Q": "Q{n} {year}",
        "H1": "First half of {year}",
        "H2": "Second half of {year}",
        "year": "{year}",
    },
}


def period_name(period: str) -> str:
    """2026年11月, 2026年第4季度; a season or a day as it is written."""
    year, _between, part = period.partition("-")
    words = PERIODS.get((get_language() or "zh")[:2], PERIODS["zh"])
    if not part:
        return words["year"].format(year=year) if year else ""
    if part.isdigit():
        return words["month"].format(year=year, n=int(part))
    if part in ("H1", "H2"):
        return words[part].format(year=year)
    return words["Q"].format(year=year, n=part[1:]) if part[0] == "Q" else period
