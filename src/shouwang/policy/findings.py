"""What is wrong with a pack, in words (检查结果)."""

from dataclasses import dataclass, field
from typing import Literal

from shouwang.kernel.decision import Reason


@dataclass(frozen=True, slots=True)
class Finding:
    """``where`` is file and entry, ``text`` says what is wrong and what would be right.

    ``reason`` says the same in the languages of the pack, where an official may meet it on a screen.
    """

    where: str
    text: str
    weight: Literal["error", "notice"] = "error"
    reason: Reason | None = None


@dataclass(slots=True)
class Findings:
    kept: list[Finding] = field(default_factory=list)

    def error(self, where: str, text: str, reason: Reason | None = None) -> None:
        self.kept.append(Finding(where, text, reason=reason))

    @property
    def refused(self) -> bool:
        return any(one.weight == "error" for one in self.kept)

    def notice(self, where: str, text: str) -> None:
        self.kept.append(Finding(where, text, "notice"))


class BadPack(ValueError):
    """A pack that must not be used, with everything that is wrong with it."""

    def __init__(self, name: str, findings: tuple[Finding, ...]) -> None:
        lines = "\n".join(f"  {finding.where}: {finding.text}" for finding in findings)
        super().__init__(f"policy pack {name} cannot be used:\n{lines}")
        self.findings = findings
