"""Who keeps peers and reads what was exchanged: the offices of the counties they are kept for."""

from dataclasses import dataclass

from django.db.models import Q

KEEP = "peers.keep"


@dataclass(frozen=True, kw_only=True)
class Sight:
    """The counties, or prefecture's offices, whose peers a person keeps."""

    counties: tuple[str, ...]

    def reach(self) -> Q:
        return Q(county__in=self.counties)
