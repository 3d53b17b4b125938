"""Cells of a table that leaves the house (导出单元格)."""

FORMULA = "=+-@\t\r"


def runs(text: str) -> bool:
    """Whether a spreadsheet would run it."""
    return text != "" and text[0] in FORMULA


def harmless(text: str) -> str:
    """What a villager typed must not run as a formula in a spreadsheet."""
    return f"'{text}" if runs(text) else text
