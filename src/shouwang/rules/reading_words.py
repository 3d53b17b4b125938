"""Words that stand for something (选项读取): yes and no, a choice by code or by label in any language, a duty."""

import re
from collections.abc import Iterable, Mapping

from shouwang.policy.text import Text
from shouwang.rules.forgiving import alike, plain

YES = frozenset({"是", "有", "对", "已", "√", "✓", "예", "네", "있음", "yes", "y", "true", "1", "on"})
NO = frozenset(
    {
        "否",
        "无",
        "没有",
        "不是",
        "未",
        "×",
        "x",
        "아니",
        "아니오",
        "아니요",
        "없음",
        "no",
        "n",
        "false",
        "0",
        "off",
    }
)
# First what no label holds, then what some do.
_BETWEEN = (re.compile(r"[;；\n|]"), re.compile(r"[;；\n|、,，/]"))


def yes_no(raw: object) -> bool | None:
    word = alike(raw)
    return True if word in YES else False if word in NO else None


def words_for(labels: Mapping[str, Text]) -> dict[str, str]:
    """Every word a choice goes by, its code first, then its labels in all languages."""
    found: dict[str, str] = {}
    for code, text in labels.items():
        for one in filter(None, (code, text.zh, text.ko, text.en)):
            found.setdefault(alike(one), code)
    return found


def choice(raw: object, words: Mapping[str, str]) -> str | None:
    """The code meant by a code or by a label, however it was typed; None when it is none of them."""
    return words.get(alike(raw))


def choices(raw: object, words: Mapping[str, str]) -> tuple[list[str], str]:
    """The codes meant, in the order of the declaration, and the first word that is none of them."""
    said = list(_said(raw, words))
    stray = next((one for one in said if choice(one, words) is None), "")
    found = {choice(one, words) for one in said}
    return [] if stray else [code for code in dict.fromkeys(words.values()) if code in found], stray


def _said(raw: object, words: Mapping[str, str]) -> Iterable[str]:
    if isinstance(raw, list | tuple):
        return [plain(one) for one in raw if plain(one).strip()]
    text = plain(raw)
    for between in _BETWEEN:
        said = [one for one in between.split(text) if one.strip()]
        if all(choice(one, words) for one in said):
            break
    return said
