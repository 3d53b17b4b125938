"""The three questions of a public report (公众举报): what, where, and who tells; each page carries what came before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID, uuid4

from django.conf import settings
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from shouwang.domains.areas.queries import Place, bodies, prefectures
from shouwang.flows.refusal import too_long
from shouwang.kernel.codes import Level, county_of, is_region, level_of
from shouwang.policy import load

OFFICES = (Level.PREFECTURE, Level.COUNTY)

STEPS = ("what", "where", "who")
FIELDS = ("key", "opened", "kind", "region", "place", "note", "openness", "name", "phone", "join", "distinct", "photo")
OPENNESS = ("confidential", "anonymous", "named")
ASKED = {
    "what": {"kind"}, "where": {"region", "place"}, "likely": {"join", "distinct"},
    "who": {"note", "openness", "name", "phone"},
}  # fmt: skip
LONGEST = {"place": 120, "note": 500, "name": 60, "phone": 40}


@dataclass(frozen=True, kw_only=True)
class Answers:
    """What was answered so far, as it was typed; the key was minted with the first page."""

    values: Mapping[str, str]
    faults: Mapping[str, str] = field(default_factory=dict)

    def said(self, name: str) -> str:
        return self.values.get(name, "")

    def without(self, name: str) -> "Answers":
        return replace(self, values={**self.values, name: ""})

    @property
    def typed(self) -> Mapping[str, str]:
        return self.values

    def carried(self, step: str) -> list[tuple[str, str]]:
        """What this page does not ask itself and hands on."""
        return [(name, value) for name, value in self.values.items() if value and name not in ASKED[step]]


def read(post: QueryDict) -> Answers:
    values = {name: post.get(name, "").strip() for name in FIELDS}
    key = values["key"] if is_key(values["key"]) else str(uuid4())
    return Answers(values={**values, "key": key})


def is_key(text: str) -> bool:
    """The first page minted it; any other is minted anew, so that no stranger takes the key of somebody's order."""
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False


def fresh() -> Answers:
    return Answers(values={"key": str(uuid4()), "opened": timezone.now().isoformat(), "openness": OPENNESS[0]})


def faults_of(step: str, given: Answers) -> dict[str, str]:
    """What is wrong with the answers of one page, in words."""
    faults = {
        name: fault
        for name, most in LONGEST.items()
        if name in ASKED[step] and (fault := too_long(given.said(name), most))
    }
    if step == "what" and given.said("kind") not in load(settings.PACK).kinds:
        faults["kind"] = _("Choose what kind of hazard it is.")
    if step == "where" and not is_region(given.said("region")):
        faults["region"] = _("Choose the township or street.")
    if step == "where" and not given.said("place"):
        faults["place"] = _("Say where it is, so that somebody else finds it.")
    if step == "who" and given.said("openness") not in OPENNESS:
        faults["openness"] = _("Say whether your name may be known.")
    if step == "who" and given.said("openness") == "named" and not given.said("name"):
        faults["name"] = _("This is needed.")
    return faults


def places(county: str = "") -> list[tuple[str, Sequence[Place]]]:
    """Townships under the name of their county; of one county alone where its poster was scanned."""
    areas = [county] if is_region(county) and level_of(county) in OFFICES else prefectures()
    found = bodies(areas, levels=("county", "township"), on=timezone.localdate())
    counties = {one.code: one.name for one in found if one.level == "county"}
    below: dict[str, list[Place]] = {}
    for one in found:
        if one.level == "township":
            below.setdefault(county_of(one.code), []).append(one)
    return [(counties.get(code, code), units) for code, units in sorted(below.items())]
