"""What is wrong with a pack as a whole: unknown names, doubtful sources, demands without a reason (检查)."""

from shouwang.policy.findings import Finding, Findings
from shouwang.policy.pack import Pack


def check(pack: Pack) -> tuple[Finding, ...]:
    findings = Findings()
    return tuple(findings.kept)
