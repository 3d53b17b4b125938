"""Guessing codes (猜码): wrong codes are counted by address for a minute; a right one never counts.

A village shares one address behind its carrier, so only misses count, and everybody may go on after a minute.
The count lives in the cache of the process: an operator with many processes points `CACHES` at a shared one.
"""

from django.core.cache import cache
from django.http import HttpRequest

MISSES, SECONDS = 30, 60
LOOPBACK = {"127.0.0.1", "::1", ""}


def guessed_too_often(request: HttpRequest) -> bool:
    return int(cache.get(_key(request), 0)) >= MISSES


def missed(request: HttpRequest) -> None:
    key = _key(request)
    if not cache.add(key, 1, SECONDS):
        try:
            cache.incr(key)
        except ValueError:  # the minute ended in between
            cache.add(key, 1, SECONDS)


def _key(request: HttpRequest) -> str:
    return f"look-misses:{address(request)}"


def address(request: HttpRequest) -> str:
    """Where the request came from. Only a proxy on this machine is believed, and only its own last word."""
    near = request.META.get("REMOTE_ADDR", "")
    passed_on = request.headers.get("X-Forwarded-For", "") if near in LOOPBACK else ""
    return passed_on.rpartition(",")[2].strip() or near
