"""No formalism (国办函〔2026〕12号): what a person must hand in says why, and nobody verifies themselves."""

from shouwang.policy.findings import Findings
from shouwang.policy.pack import Pack
from shouwang.policy.shapes import Asked, Duty, Transition

RULE = "国办函〔2026〕12号"
# What the rule names as overtaxing the grassroots when it is asked for without need.
BURDENS = {"photo": "photo", "place": "place", "track": "track"}


def check_needs(pack: Pack, findings: Findings) -> None:
    for arrow in pack.transitions:
        for asked in arrow.asks:
            _asked(f"transitions: {arrow.act} from {arrow.source or 'nothing'}", asked, findings)
        _guard(arrow, findings)
    for duty in pack.duties.values():
        _duty(pack, duty, findings)


def _asked(where: str, asked: Asked, findings: Findings) -> None:
    if asked.what in BURDENS and asked.required and (asked.why is None or asked.why.blanks()):
        findings.error(where, f"demands a {BURDENS[asked.what]} without saying why it is needed ({RULE})")


def _guard(arrow: Transition, findings: Findings) -> None:
    photo = any(asked.what == "photo" and asked.required for asked in arrow.asks)
    where = f"transitions: {arrow.act} from {arrow.source or 'nothing'}"
    if "after_photo" in arrow.guards and not photo:
        findings.error(where, f"is guarded by a photo but does not say why it is needed ({RULE})")
    if arrow.act in ("pass", "fail") and "other_person" not in arrow.guards:
        findings.error(where, "lets a person re-check their own fix (07-31)")


def _duty(pack: Pack, duty: Duty, findings: Findings) -> None:
    where = f"duties: {duty.id}"
    row = pack.rows.get(duty.row)
    if row is not None and row.modality != duty.modality:
        findings.error(where, f"is '{duty.modality}', but the plan says '{row.modality}' in row {row.id}")
    verifier = pack.posts.get(duty.verifier)
    if verifier is not None and verifier.level == duty.bearer:
        findings.error(where, f"is verified by {duty.verifier}, who stands on the level that owes it")
