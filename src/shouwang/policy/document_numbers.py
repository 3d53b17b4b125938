"""Numbers of official documents (发文字号): written with 〔2026〕 whatever brackets were typed (GB/T 9704)."""

import re
import unicodedata

from shouwang.policy.source_checks import NUMBERED

_YEAR = re.compile(r"[\[\(【〔〈<［（]\s*(\d{4})\s*[\]\)】〕〉>］）]")
_SPACE = re.compile(r"\s+")


def read_number(text: str) -> str | None:
    """延市消委办〔2026〕5号 from 延市消委办[2026] 5号; None when it does not look like a document number."""
    plain = _SPACE.sub("", unicodedata.normalize("NFKC", text))
    found = _YEAR.sub(r"〔\1〕", plain)
    return found if NUMBERED.search(found) else None
