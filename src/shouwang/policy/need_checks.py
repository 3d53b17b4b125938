"""No formalism (国办函〔2026〕12号): what a person must hand in says why."""

from shouwang.policy.findings import Findings
from shouwang.policy.pack import Pack
from shouwang.policy.shapes import Asked, Transition

RULE = "国办函〔2026〕12号"
# What the rule names as overtaxing the grassroots when it is asked for without need.
BURDENS = {"photo": "photo", "place": "place", "track": "track"}


def check_needs(pack: Pack, findings: Findings) -> None:
    for arrow in pack.transitions:
        for asked in arrow.asks:
            check_asked(f"transitions: {arrow.act} from {arrow.source or 'nothing'}", asked, findings)
        _guard(pack, arrow, findings)


def check_asked(where: str, asked: Asked, findings: Findings) -> None:
    if asked.what in BURDENS and asked.required and (asked.why is None or asked.why.blanks(("zh",))):
        findings.error(where, f"demands a {BURDENS[asked.what]} without saying why it is needed ({RULE})")


def _guard(pack: Pack, arrow: Transition, findings: Findings) -> None:
    photo = any(asked.what == "photo" and asked.required for asked in arrow.asks)
    where = f"transitions: {arrow.act} from {arrow.source or 'nothing'}"
    if {"after_photo", "photo"} & set(arrow.guards) and not photo:
        findings.error(where, f"is guarded by a photo but does not say why it is needed ({RULE})")
    if arrow.act in ("pass", "fail", "review_pass", "review_fail") and "other_person" not in arrow.guards:
        findings.error(where, f"lets a person re-check their own fix ({pack.wiring.clauses.loop})")
