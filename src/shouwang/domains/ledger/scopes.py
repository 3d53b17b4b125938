"""Who may see a proof: a line carries no personal data, so whoever holds its id may check it."""

from shouwang.kernel.codes import covers


def covers_county(territory: tuple[str, ...], county: str) -> bool:
    """Whether any area of a territory covers a whole county, as verifying its ledger needs."""
    return any(covers(area, county) for area in territory)
