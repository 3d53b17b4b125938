"""What passes between the processes of a benchmark: plain values, no framework."""

from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Caller:
    """A token, and a grid in which its holder works."""

    token: str
    region: str

    def as_json(self) -> dict[str, str]:
        return asdict(self)


@dataclass(frozen=True, kw_only=True)
class Measured:
    """How much was done a second, how long one took (ms), and how many were done."""

    rate: float
    p50: float = 0.0
    p95: float = 0.0
    done: int = 0
