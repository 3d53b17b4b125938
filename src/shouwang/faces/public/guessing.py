"""Guessing codes (猜码): wrong codes are counted by source for a minute; a right one never counts.

A village shares one address behind its carrier, so only misses count, and everybody may go on after a minute.
The count lives in the cache of the process: an operator with many processes points `CACHES` at a shared one.
"""

from django.http import HttpRequest

from shouwang.faces.public.sources import Allowance

MISSES = Allowance("look-misses", most=30, seconds=60)


def guessed_too_often(request: HttpRequest) -> bool:
    return MISSES.spent(request)


def missed(request: HttpRequest) -> None:
    MISSES.spend(request)
