"""The month a page of numbers stands for, and its neighbours."""

import re
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import get_language

MONTH = re.compile(r"20[0-9]{2}-(?:0[1-9]|1[0-2])", re.ASCII)


@dataclass(frozen=True)
class Month:
    """YYYY-MM, as a word and with the ones beside it; the future has no numbers yet."""

    name: str
    newest: str

    @property
    def words(self) -> str:
        year, month = self.name.split("-")
        match get_language():
            case "ko":
                return f"{year}년 {int(month)}월"
            case "en":
                return self.name
            case _:
                return f"{year}年{int(month)}月"

    @property
    def before(self) -> str:
        return self._moved(-1)

    @property
    def after(self) -> str:
        return self._moved(1) if self.name < self.newest else ""

    def _moved(self, by: int) -> str:
        year, month = map(int, self.name.split("-"))
        count = year * 12 + month - 1 + by
        return f"{count // 12:04d}-{count % 12 + 1:02d}"


def month(asked: str, *, now: datetime) -> Month:
    newest = timezone.localtime(now).strftime("%Y-%m")
    return Month(asked if MONTH.fullmatch(asked) else newest, newest)
