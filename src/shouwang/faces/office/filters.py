"""Filters of a list of cases (筛选), kept in the address so that a list can be sent to a colleague."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from shouwang.domains.hazards.lateness import late_by
from shouwang.domains.hazards.queries import OPEN_STATES
from shouwang.faces.templatetags.words import department_label, grade_label, kind_label, say, state_label
from shouwang.policy import load

NAMES = ("state", "grade", "kind", "late", "department", "channel")
TIMES = ("1", "2", "3", "5")
LONGEST = 120
# Any of the states before a case ends.
STILL = "open"
OPEN_CASES = (STILL, *OPEN_STATES)


@dataclass(frozen=True, kw_only=True)
class Choice:
    """One drop-down list."""

    name: str
    label: str
    value: str
    options: list[tuple[str, str]]


@dataclass(frozen=True, kw_only=True)
class Filters:
    """What the reader asks for; a value nobody knows is left out."""

    area: str
    values: dict[str, str]
    place: str = ""

    @property
    def where(self) -> dict[str, Any]:
        """What the rows must be; a place by its very words, since that is how it repeats."""
        asked: dict[str, Any] = {name: value for name, value in self.said.items() if name != "late"}
        if asked.get("state") == STILL:
            del asked["state"]
            asked["state__in"] = OPEN_STATES
        if "late" not in self.values:
            return asked
        return {**asked, **late_by(int(self.values["late"]), now=timezone.now())}

    @property
    def said(self) -> dict[str, str]:
        """The filters as they stand in an address."""
        return {**self.values, "place": self.place} if self.place else dict(self.values)

    @property
    def keep(self) -> str:
        """The filters alone, to stand before another area."""
        return f"{urlencode(self.said)}&" if self.said else ""

    def query(self, **more: str) -> str:
        """The same list, with something more or other in its address."""
        kept = {"area": self.area, **self.said, **more}
        return urlencode({name: value for name, value in kept.items() if value})

    def of_open_cases(self) -> "Filters":
        """The same for cases that are still open, where it does not name one of their states."""
        if self.values.get("state") in OPEN_CASES:
            return self
        return replace(self, values={**self.values, "state": STILL})

    def choices(self, *names: str, only: Mapping[str, Collection[str]] | None = None) -> list[Choice]:
        """The lists by their names; `only` these values of a list."""
        pack, kept = load(settings.PACK), only or {}
        known = {
            "state": (_("State"), [(STILL, _("Still open")), *((code, state_label(code)) for code in pack.states)]),
            "grade": (_("Grade"), [(code, grade_label(code)) for code in pack.grades]),
            "late": (_("Late"), [(code, times_words(code)) for code in TIMES]),
            "kind": (_("Kind of hazard"), [(code, kind_label(code)) for code in pack.kinds]),
            "department": (_("In charge"), [(code, department_label(code)) for code in pack.departments]),
            "channel": (_("Way in"), [(code, say(one.label)) for code, one in pack.channels.items()]),
        }
        return [
            Choice(
                name=name,
                label=known[name][0],
                value=self.values.get(name, ""),
                options=[one for one in known[name][1] if name not in kept or one[0] in kept[name]],
            )
            for name in names
        ]


def filters(request: HttpRequest) -> Filters:
    pack = load(settings.PACK)
    known = {
        "state": {STILL, *pack.states}, "grade": pack.grades, "kind": pack.kinds, "late": TIMES,
        "department": pack.departments, "channel": pack.channels,
    }  # fmt: skip
    asked = {name: request.GET.get(name, "") for name in NAMES}
    values = {name: value for name, value in asked.items() if value in known[name]}
    place = request.GET.get("place", "").strip()[:LONGEST].replace("\x00", "")
    return Filters(area=request.GET.get("area", ""), values=values, place=place)


def times_words(times: str) -> str:
    """Late at all, or how many times the allowed time was taken."""
    return _("Past the deadline") if times == "1" else _("%(n)s times the allowed time or more") % {"n": times}
