"""Cells of a table that leaves the house (导出单元格)."""


def harmless(text: str) -> str:
    """What a villager typed must not run as a formula in a spreadsheet."""
    return f"'{text}" if text[:1] in "=+-@\t\r" and text else text
