"""Long random codes that open one thing without an account (县码): each names the county it is looked for in."""

import secrets

from .queries import counties

RANDOM_BYTES, LONGEST, NAMING = 16, 60, 4


def new_code(county: str) -> str:
    return f"{county[-NAMING:]}{secrets.token_hex(RANDOM_BYTES)}"


def counties_named(code: str) -> list[str]:
    """The counties a code may be of; none for what cannot be one."""
    if not NAMING < len(code) <= LONGEST:
        return []
    return [county for county in counties() if county.endswith(code[:NAMING])]
