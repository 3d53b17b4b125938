"""Whether a hazard may be told to everybody (曝光): firms and places alone; no home, no person, nobody's number."""

import re

from shouwang.kernel.decision import Decision, Reason
from shouwang.policy import Pack

# Shorter figures are rooms, floors and years; from here on they are telephones and identity numbers.
NUMBER = re.compile(r"\d(?:[\s-]?\d){6,}")
SHOWN = ("assigned", "rectifying", "submitted", "closed")
CHECKS = ("no_person", "no_home", "lawful")


def may_expose(pack: Pack, *, site: str, state: str, words: str) -> Decision[bool]:
    kind = pack.sites.get(site)
    reasons = []
    if kind is None or site == "unknown":
        reasons.append(Reason("exposed_site_unknown"))
    elif kind.home:
        reasons.append(Reason("exposes_home"))
    if NUMBER.search(words):
        reasons.append(Reason("exposes_number"))
    if state not in SHOWN:
        reasons.append(Reason("exposed_case_ended"))
    row = pack.records[pack.wiring.records.exposure].row
    return Decision(not reasons, tuple(reasons) or (Reason("allowed"),), (row,))


def may_publish(pack: Pack, *, same_person: bool, checked: tuple[str, ...]) -> Decision[bool]:
    """Another person than the one who proposed it, who looked for all of it."""
    reasons = [Reason("same_author")] if same_person else []
    if set(CHECKS) - set(checked):
        reasons.append(Reason("exposure_unchecked"))
    row = pack.records[pack.wiring.records.exposure].row
    return Decision(not reasons, tuple(reasons) or (Reason("allowed"),), (row,))
