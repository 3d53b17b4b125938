"""The plan as dated data: loader, parameters, decision tables and their checks (政策)."""

from shouwang.policy.findings import BadPack, Finding
from shouwang.policy.loading import load
from shouwang.policy.pack import Pack
from shouwang.policy.tables import Match, UnfitFact
from shouwang.policy.text import Text
from shouwang.policy.values import Value

__all__ = ["BadPack", "Finding", "Match", "Pack", "Text", "UnfitFact", "Value", "load"]
