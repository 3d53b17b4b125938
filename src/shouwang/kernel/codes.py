"""Codes as text: regions that nest by prefix (区划代码), case codes for people, USCC and resident ids."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from uuid import UUID

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


class Level(StrEnum):
    """How high an area stands (层级)."""

    PROVINCE = "province"
    PREFECTURE = "prefecture"
    COUNTY = "county"
    TOWNSHIP = "township"
    VILLAGE = "village"
    GRID = "grid"


class CodeFault(StrEnum):
    """Why a code that people type cannot be one (代码差错)."""

    LENGTH = "length"
    SIGN = "sign"
    DAY = "day"
    CHECK = "check"


# A suffix of 000 only pads a code to full length; kept, it would cover nothing beneath it.
_REGION = re.compile(r"[1-9][0-9](?:0000|(?!00)[0-9]{4})(?:(?!000)[0-9]{3}){0,3}", re.ASCII)
_BY_LENGTH = {9: Level.TOWNSHIP, 12: Level.VILLAGE, 15: Level.GRID}
_CASE = re.compile(rf"[0-9]{{4}}[{CROCKFORD}]{{8}}")
_CLAIM = re.compile(rf"[0-9]{{4}}[{CROCKFORD}]{{12}}")
_MISREAD = str.maketrans("OIL", "011")
_USCC_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_USCC = re.compile(rf"[{_USCC_SIGNS}]{{2}}[0-9]{{6}}[{_USCC_SIGNS}]{{10}}")
_USCC_WEIGHTS = tuple(pow(3, place, 31) for place in range(17))
_RESIDENT = re.compile(r"[1-9][0-9]{16}[0-9X]")
_RESIDENT_WEIGHTS = tuple(pow(2, 17 - place, 11) for place in range(17))
_RESIDENT_CHECKS = "10X98765432"


def is_region(text: str) -> bool:
    return _REGION.fullmatch(text) is not None


def level_of(region: str) -> Level:
    if not is_region(region):
        raise ValueError(f"region: {region!r} is not a region code of 6, 9, 12 or 15 digits")
    if len(region) > 6:
        return _BY_LENGTH[len(region)]
    if region.endswith("0000"):
        return Level.PROVINCE
    return Level.PREFECTURE if region.endswith("00") else Level.COUNTY


def county_of(region: str) -> str:
    """The county a row grows with; a prefecture's own offices answer with the prefecture's code."""
    return region[:6]


def township_of(region: str) -> str:
    """The township a region lies in; a region above townships stands for itself."""
    return region[:9]


def parent_of(region: str) -> str | None:
    """The region one step up; above the province there is none."""
    level = level_of(region)
    if level is Level.PROVINCE:
        return None
    if level is Level.PREFECTURE:
        return region[:2] + "0000"
    return region[:4] + "00" if level is Level.COUNTY else region[:-3]


def prefix_of(region: str) -> str:
    """What the codes of everything inside a region begin with."""
    if len(region) != 6:
        return region
    return region[:2] if region.endswith("0000") else region.removesuffix("00")


def covers(area: str, region: str) -> bool:
    return bool(area) and region.startswith(prefix_of(area))


def covered(areas: Iterable[str], region: str) -> bool:
    """Whether any area of a territory covers a region; an empty territory covers nothing."""
    return any(covers(area, region) for area in areas)


def case_code(county: str, id: UUID) -> str:
    """The code a reporter keeps (查询码), such as 2401-7K3M-9QXZ, from the chance part of the case's id."""
    tail = "".join(CROCKFORD[id.int >> shift & 31] for shift in range(35, -1, -5))
    return f"{county[2:6]}-{tail[:4]}-{tail[4:]}"


def parse_case_code(text: str) -> str:
    """Read a case code as people type it: full width, lower case, O for 0, I or L for 1, dashes anywhere."""
    signs = _signs(text)
    if _CASE.fullmatch(signs) is None:
        raise ValueError("case code: four digits and eight letters or digits, such as 2401-7K3M-9QXZ")
    return f"{signs[:4]}-{signs[4:8]}-{signs[8:]}"


def claim_code(county: str, chance: bytes) -> str:
    """The code that only a reporter has (领取码), such as 2401-7K3M-9QXZ-4TBN: it is longer than the case's own."""
    number = int.from_bytes(chance[:8], "big")
    tail = "".join(CROCKFORD[number >> shift & 31] for shift in range(55, -1, -5))
    return f"{county[2:6]}-{tail[:4]}-{tail[4:8]}-{tail[8:]}"


def parse_claim_code(text: str) -> str:
    """Read a claim code as people type it. Raises ValueError."""
    signs = _signs(text)
    if _CLAIM.fullmatch(signs) is None:
        raise ValueError("claim code: four digits and twelve letters or digits, such as 2401-7K3M-9QXZ-4TBN")
    return "-".join(signs[n : n + 4] for n in range(0, 16, 4))


def uscc_fault(text: str) -> CodeFault | None:
    """What is wrong with a unified social credit code (统一社会信用代码, GB 32100-2015)."""
    if len(text) != 18:
        return CodeFault.LENGTH
    if _USCC.fullmatch(text) is None:
        return CodeFault.SIGN
    values = map(_USCC_SIGNS.index, text[:17])
    total = sum(value * weight for value, weight in zip(values, _USCC_WEIGHTS, strict=True))
    return None if _USCC_SIGNS[-total % 31] == text[17] else CodeFault.CHECK


def is_uscc(text: str) -> bool:
    return uscc_fault(text) is None


def resident_fault(text: str) -> CodeFault | None:
    """What is wrong with a resident id (公民身份号码, GB 11643-1999)."""
    if len(text) != 18:
        return CodeFault.LENGTH
    if _RESIDENT.fullmatch(text) is None:
        return CodeFault.SIGN
    if not _is_day(text[6:14]):
        return CodeFault.DAY
    values = map(int, text[:17])
    total = sum(value * weight for value, weight in zip(values, _RESIDENT_WEIGHTS, strict=True))
    return None if _RESIDENT_CHECKS[total % 11] == text[17] else CodeFault.CHECK


def is_resident_id(text: str) -> bool:
    return resident_fault(text) is None


def _is_day(digits: str) -> bool:
    try:
        date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return True


def _signs(text: str) -> str:
    wide = unicodedata.normalize("NFKC", text).upper().translate(_MISREAD)
    return "".join(sign for sign in wide if not sign.isspace() and unicodedata.category(sign) != "Pd")
