"""Where a request comes from (来源), as a mark of the day: enough to count by, not to tell an address from."""

from django.core.cache import cache
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

LOOPBACK = {"127.0.0.1", "::1", ""}


def mark_of(request: HttpRequest) -> str:
    """The address itself is kept nowhere: not in a table, not in a log, not in a cache."""
    day = timezone.localdate().isoformat()
    return salted_hmac(f"public.source.{day}", _address(request), algorithm="sha256").hexdigest()[:24]


def _address(request: HttpRequest) -> str:
    """Where the request came from. Only a proxy on this machine is believed, and only its own last word."""
    near = request.META.get("REMOTE_ADDR", "")
    passed_on = request.headers.get("X-Forwarded-For", "") if near in LOOPBACK else ""
    return passed_on.rpartition(",")[2].strip() or near


class Allowance:
    """How often one source may do something within some seconds; the count lives in the cache."""

    def __init__(self, name: str, *, most: int, seconds: int) -> None:
        self.name, self.most, self.seconds = name, most, seconds

    def spent(self, request: HttpRequest) -> bool:
        return int(cache.get(self._key(request), 0)) >= self.most

    def spend(self, request: HttpRequest) -> None:
        key = self._key(request)
        if not cache.add(key, 1, self.seconds):
            try:
                cache.incr(key)
            except ValueError:  # the time ended in between
                cache.add(key, 1, self.seconds)

    def _key(self, request: HttpRequest) -> str:
        return f"{self.name}:{mark_of(request)}"
