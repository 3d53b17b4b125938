"""Periods as people say them (时段): 2026年11月, 2026년 4분기, the first half of 2026, a season of a year."""

import re
from collections.abc import Mapping

from shouwang.faces.moments import MONTHS
from shouwang.policy import Pack

# By the shape of a period's name; {y} the year, {n} the number in it.
SHAPES: tuple[tuple[re.Pattern[str], Mapping[str, str]], ...] = (
    (re.compile(r"(\d{4})"), {"zh": "{y}年", "ko": "{y}년", "en": "{y}"}),
    (re.compile(r"(\d{4})-Q(\d)"), {"zh": "{y}年第{n}季度", "ko": "{y}년 {n}분기", "en": "Q{n} {y}"}),
    (re.compile(r"(\d{4})-H1"), {"zh": "{y}年上半年", "ko": "{y}년 상반년", "en": "first half of {y}"}),
    (re.compile(r"(\d{4})-H2"), {"zh": "{y}年下半年", "ko": "{y}년 하반년", "en": "second half of {y}"}),
    (re.compile(r"(\d{4})-(\d{2})"), {"zh": "{y}年{n}月", "ko": "{y}년 {n}월", "en": "{month} {y}"}),
)
SEASONS = {"zh": "{y}年{season}", "ko": "{y}년 {season}", "en": "{season} {y}"}
SEASON = re.compile(r"(\d{4})-([a-z][a-z0-9_]*)")


def period_words(pack: Pack, name: str, language: str) -> str:
    tongue = language[:2] if language[:2] in ("ko", "en") else "zh"
    for shape, words in SHAPES:
        if found := shape.fullmatch(name):
            number = int(found[2]) if found.lastindex == 2 else 0
            return words[tongue].format(y=found[1], n=number, month=MONTHS[number - 1])
    if (found := SEASON.fullmatch(name)) and (label := pack.wordings.get(f"season.{found[2]}")):
        return SEASONS[tongue].format(y=found[1], season=label.in_(language))
    return name
