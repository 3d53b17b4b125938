"""When the moon is new and when the sun stands at a degree, to a few minutes (朔, 节气); after Meeus' formulae.

All angles are degrees, all moments Julian days; Beijing time is eight hours ahead.
"""

from datetime import date, timedelta
from functools import cache
from math import cos, floor, radians, sin

EPOCH, CENTURY = 2451545.0, 36525.0
BEIJING = 8 / 24
SYNODIC = 29.530588861
UNIX = 2440587.5

# Amplitude, power of the eccentricity E, multiples of M, M', F: new moon (Meeus, ch. 49).
_MOON = (
    (-0.40720, 0, 0, 1, 0), (0.17241, 1, 1, 0, 0), (0.01608, 0, 0, 2, 0), (0.01039, 0, 0, 0, 2),
    (0.00739, 1, -1, 1, 0), (-0.00514, 1, 1, 1, 0), (0.00208, 2, 2, 0, 0), (-0.00111, 0, 0, 1, -2),
    (-0.00057, 0, 0, 1, 2), (0.00056, 1, 1, 2, 0), (-0.00042, 0, 0, 3, 0), (0.00042, 1, 1, 0, 2),
    (0.00038, 1, 1, 0, -2), (-0.00024, 1, -1, 2, 0), (-0.00007, 0, 2, 1, 0), (0.00004, 0, 0, 2, -2),
    (0.00004, 0, 3, 0, 0), (0.00003, 0, 1, 1, -2), (0.00003, 0, 0, 2, 2), (-0.00003, 0, 1, 1, 2),
    (0.00003, 0, -1, 1, 2), (-0.00002, 0, -1, 1, -2), (-0.00002, 0, 1, 3, 0), (0.00002, 0, 0, 4, 0),
)  # fmt: skip
# Amplitude, phase, advance with every new moon: the planets.
_PLANETS = (
    (0.000325, 299.77, 0.107408), (0.000165, 251.88, 0.016321), (0.000164, 251.83, 26.651886),
    (0.000126, 349.42, 36.412478), (0.000110, 84.66, 18.206239), (0.000062, 141.74, 53.303771),
    (0.000060, 207.14, 2.453732), (0.000056, 154.84, 7.306860), (0.000047, 34.52, 27.261239),
    (0.000042, 207.19, 0.121824), (0.000040, 291.34, 1.844379), (0.000037, 161.72, 24.198154),
    (0.000035, 239.56, 25.513099), (0.000023, 331.55, 3.592518),
)  # fmt: skip


def new_moon(k: int) -> float:
    """The k-th new moon after that of January 2000."""
    t = k * SYNODIC / CENTURY
    sun = 2.5534 + 29.10535670 * k - 0.0000014 * t * t
    moon = 201.5643 + 385.81693528 * k + 0.0107582 * t * t
    node = 160.7108 + 390.67050284 * k - 0.0016118 * t * t
    e = 1 - 0.002516 * t - 0.0000074 * t * t
    at = 2451550.09766 + SYNODIC * k + 0.00015437 * t * t
    at += sum(a * e**p * _sin(m * sun + mm * moon + f * node) for a, p, m, mm, f in _MOON)
    at -= 0.00017 * _sin(124.7746 - 1.56375588 * k + 0.0020672 * t * t)
    return at + sum(a * _sin(phase + step * k) for a, phase, step in _PLANETS) - _delta(at)


def sun_at(day: float) -> float:
    """The apparent longitude of the sun, with what Venus, Jupiter and the moon do to it."""
    t = (day + _delta(day) - 2415020.0) / CENTURY
    m = 358.47583 + 35999.04975 * t - 0.000150 * t * t
    centre = (1.919460 - 0.004789 * t - 0.000014 * t * t) * _sin(m)
    centre += (0.020094 - 0.000100 * t) * _sin(2 * m) + 0.000293 * _sin(3 * m)
    pulled = 0.00134 * _cos(153.23 + 22518.7541 * t) + 0.00154 * _cos(216.57 + 45037.5082 * t)
    pulled += 0.00200 * _cos(312.69 + 32964.3577 * t) + 0.00179 * _sin(350.74 + 445267.1142 * t)
    pulled += 0.00178 * _sin(231.19 + 20.20 * t)
    seen = -0.00569 - 0.00479 * _sin(259.18 - 1934.142 * t)
    return (279.69668 + 36000.76892 * t + 0.0003025 * t * t + centre + pulled + seen) % 360


@cache
def sun_reaches(year: int, degree: int) -> float:
    """The moment in a year at which the sun stands at a degree; 0 is the vernal equinox."""
    after_new_year = (degree - 280) % 360
    at = _julian(date(year, 1, 1)) + after_new_year * CENTURY / 36000
    for _ in range(8):
        off = (degree - sun_at(at) + 180) % 360 - 180
        at += off * 1.0146
    return at


def beijing_day(at: float) -> date:
    return date(1970, 1, 1) + timedelta(days=floor(at + BEIJING - UNIX))


def _delta(day: float) -> float:
    """How far the clock of the formulae is ahead of the earth, in days (2005 to 2050)."""
    years = (day - EPOCH) / 365.25
    return (62.92 + 0.32217 * years + 0.005589 * years * years) / 86400


def _julian(day: date) -> float:
    return UNIX + (day - date(1970, 1, 1)).days


def _sin(degrees: float) -> float:
    return sin(radians(degrees))


def _cos(degrees: float) -> float:
    return cos(radians(degrees))
