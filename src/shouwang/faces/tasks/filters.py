"""What a reader asks a list of tasks for: whose, area, section of the plan, post, verdict; kept in the address."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _

from shouwang.domains.duties.lists import OPEN
from shouwang.faces.office.filters import Choice
from shouwang.faces.templatetags.words import level_label, post_label, say
from shouwang.faces.verdicts import verdict_words
from shouwang.kernel.codes import is_region
from shouwang.policy import Pack, load
from shouwang.policy.duty_shapes import Duty

CLOSED = ("met", "met_late", "waived", "not_counted")
NAMES = ("section", "post", "level", "verdict")


@dataclass(frozen=True, kw_only=True)
class Filters:
    """`of` is 'mine' or 'area'; a value nobody knows is left out."""

    of: str
    area: str
    values: dict[str, str]

    @property
    def keep(self) -> str:
        """All but the area, to stand before another one."""
        return f"{urlencode({'of': self.of, **self.values})}&"

    def query(self, **more: str) -> str:
        kept = {"of": self.of, "area": self.area, **self.values, **more}
        return urlencode({name: value for name, value in kept.items() if value})

    @property
    def verdicts(self) -> tuple[str, ...]:
        asked = self.values.get("verdict")
        return (asked,) if asked else OPEN

    @property
    def duties(self) -> tuple[str, ...] | None:
        """The duties the filters leave; None when they leave all."""
        if not {"section", "post", "level"} & self.values.keys():
            return None
        return tuple(duty.id for duty in load(settings.PACK).duties.values() if self._fits(duty))

    def _fits(self, duty: Duty) -> bool:
        asked = self.values
        return (
            asked.get("section", section_of(duty)) == section_of(duty)
            and asked.get("post", duty.performer) == duty.performer
            and asked.get("level", duty.bearer.level) == duty.bearer.level
        )

    def choices(self) -> list[Choice]:
        known = options(load(settings.PACK))
        labels = {
            "section": _("Section of the plan"),
            "post": _("Post"),
            "level": _("Level"),
            "verdict": _("Standing"),
        }
        return [
            Choice(name=name, label=labels[name], value=self.values.get(name, ""), options=known[name])
            for name in NAMES
        ]


def section_of(duty: Duty) -> str:
    return duty.row.partition("-")[0]


def filters(request: HttpRequest) -> Filters:
    asked = {name: request.GET.get(name, "") for name in NAMES}
    known = options(load(settings.PACK))
    values = {name: value for name, value in asked.items() if value in {code for code, _label in known[name]}}
    area = request.GET.get("area", "")
    of = request.GET.get("of", "")
    return Filters(
        of=of if of in ("mine", "area") else "", area=area if is_region(area) else "", values=values
    )


def options(pack: Pack) -> dict[str, list[tuple[str, str]]]:
    duties = pack.duties.values()
    sections = {section_of(duty): say(pack.rows[duty.row].where) for duty in duties if duty.row in pack.rows}
    return {
        "section": sorted(sections.items()),
        "post": [(code, post_label(code)) for code in _once(duty.performer for duty in duties)],
        "level": [(code, level_label(code)) for code in _once(duty.bearer.level for duty in duties)],
        "verdict": [(code, verdict_words(code)) for code in (*OPEN, *CLOSED)],
    }


def _once(codes: Iterable[str]) -> list[str]:
    return sorted(set(codes))
