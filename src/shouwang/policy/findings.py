"""What is wrong with a pack, in words (检查结果)."""

from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True, slots=True)
class Finding:
    """``where`` is file and entry, ``text`` says what is wrong and what would be right."""

    where: str
    text: str
    weight: Literal["error", "notice"] = "error"


@dataclass(slots=True)
class Findings:
    kept: list[Finding] = field(default_factory=list)

    def error(self, where: str, text: str) -> None:
        self.kept.append(Finding(where, text))

    def notice(self, where: str, text: str) -> None:
        self.kept.append(Finding(where, text, "notice"))


class BadPack(ValueError):
    """A pack that must not be used, with everything that is wrong with it."""

    def __init__(self, name: str, findings: tuple[Finding, ...]) -> None:
        lines = "\n".join(f"  {finding.where}: {finding.text}" for finding in findings)
        super().__init__(f"policy pack {name} cannot be used:\n{lines}")
        self.findings = findings
