"""The result of the golden story, as people and programs read it."""

import json
from dataclasses import dataclass, field
from typing import Any


class Unexpected(Exception):
    """The story did not go on as it should; the message says where."""


@dataclass(kw_only=True)
class Told:
    """What was seen on the way, in order, and what was not as it should be."""

    steps: list[tuple[str, str]] = field(default_factory=list)
    proof: dict[str, Any] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)

    def step(self, name: str, seen: object) -> None:
        self.steps.append((name, str(seen)))

    def expect(self, holds: bool, fault: str) -> None:
        if not holds:
            self.faults.append(fault)

    def as_json(self) -> str:
        whole = {"ok": not self.faults, "steps": dict(self.steps), "proof": self.proof, "faults": self.faults}
        return json.dumps(whole, ensure_ascii=False, indent=1)

    def as_text(self, *, seconds: float) -> str:
        width = max(len(name) for name, _ in self.steps) if self.steps else 0
        lines = [f"{name:{width}}  {seen}" for name, seen in self.steps]
        lines += [f"{name}: {value}" for name, value in self.proof.items() if name != "path"]
        lines += [f"path: {step}" for step in self.proof.get("path", ())]
        lines += [f"WRONG: {fault}" for fault in self.faults]
        ending = "the story holds" if not self.faults else f"{len(self.faults)} things are wrong"
        return "\n".join([*lines, f"{ending} ({seconds:.0f} s)"])
