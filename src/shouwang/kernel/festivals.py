"""Days off by statute (法定节假日) that can be known before the State Council's yearly notice."""

from datetime import date, timedelta
from functools import cache

# Year; first day of the lunar year, Qingming, Dragon Boat and Mid-Autumn as month and day.
_MOVING = """
2008 0207 0404 0608 0914
2009 0126 0404 0528 1003
2010 0214 0405 0616 0922
2011 0203 0405 0606 0912
2012 0123 0404 0623 0930
2013 0210 0404 0612 0919
2014 0131 0405 0602 0908
2015 0219 0405 0620 0927
2016 0208 0404 0609 0915
2017 0128 0404 0530 1004
2018 0216 0405 0618 0924
2019 0205 0405 0607 0913
2020 0125 0404 0625 1001
2021 0212 0404 0614 0921
2022 0201 0405 0603 0910
2023 0122 0405 0622 0929
2024 0210 0404 0610 0917
2025 0129 0404 0531 1006
2026 0217 0405 0619 0925
2027 0206 0405 0609 0915
2028 0126 0404 0528 1003
2029 0213 0404 0616 0922
2030 0203 0405 0605 0912
2031 0123 0405 0624 1001
2032 0211 0404 0612 0919
2033 0131 0404 0601 0908
2034 0219 0405 0620 0927
2035 0208 0405 0610 0916
2036 0128 0404 0530 1004
2037 0215 0404 0618 0924
2038 0204 0405 0607 0913
2039 0124 0405 0527 1002
2040 0212 0404 0614 0920
2041 0201 0404 0603 0910
2042 0122 0404 0622 0928
2043 0210 0405 0611 0917
2044 0130 0404 0531 1005
2045 0217 0404 0619 0925
2046 0206 0404 0608 0915
2047 0126 0405 0529 1004
2048 0214 0404 0615 0922
2049 0202 0404 0604 0911
2050 0123 0404 0623 0930
"""


@cache
def statutory(year: int) -> frozenset[date]:
    """The thirteen days of the rules in force since 2025; years beyond the table give the fixed six."""
    labour = {date(year, 5, day) for day in (1, 2)}
    national = {date(year, 10, day) for day in (1, 2, 3)}
    moving: set[date] = set()
    if year in _TABLE:
        spring, *others = _TABLE[year]
        moving = {spring + timedelta(days=step) for step in (-1, 0, 1, 2)}.union(others)
    return frozenset({date(year, 1, 1)} | labour | national | moving)


def known_through() -> int:
    """The last year whose moving festivals are in the table."""
    return max(_TABLE)


def _read(line: str) -> tuple[int, tuple[date, ...]]:
    year, *days = line.split()
    return int(year), tuple(date(int(year), int(day[:2]), int(day[2:])) for day in days)


_TABLE = dict(_read(line) for line in _MOVING.strip().splitlines())
