"""The words of a letter (函件文字): from its kind, the places and what it is about, in Chinese and Korean."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from shouwang.domains.areas.queries import both_names
from shouwang.policy import Pack, Text
from shouwang.policy.letter_shapes import LetterKind

ZH, KO = "zh", "ko"


@dataclass(frozen=True, kw_only=True)
class Words:
    """What a draft begins with; the office may change every word of it."""

    title: Text
    opening: Text
    asks: Text
    addressee: Text


def names_of(region: str) -> Text:
    zh, ko = both_names([region])[region]
    return Text(zh=zh or region, ko=ko or region, en=zh or region)


def composed(pack: Pack, kind: LetterKind, *, region: str, to: tuple[str, str, str], on: date) -> Words:
    """`to` is (department, post, body). The time to answer is named only where somebody gave it."""
    place, body = names_of(region), names_of(to[2])
    told = {"place": place, "to": body, "days": _days(pack, kind, on)}
    asks = [kind.asks] + ([kind.reply_by] if kind.reply_by and told["days"] else [])
    return Words(
        title=filled(kind.title, told),
        opening=filled(kind.opening, told),
        asks=_joined([filled(one, told) for one in asks]),
        addressee=filled(kind.recipient, told) if kind.recipient else addressee(pack, body, to[0]),
    )


def addressee(pack: Pack, body: Text, department: str) -> Text:
    """The recipient as a letter addresses it."""
    words = pack.wordings
    if not department:
        return filled(words["letter.to.post"], {"to": body})
    known = pack.departments.get(department)
    pattern = words.get(f"letter.to.{department}", words["letter.to"])
    return filled(pattern, {"to": body, "department": known.label if known else department})


def issuer_of(kind: LetterKind, region: str) -> Text:
    return filled(kind.issuer, {"place": names_of(region)})


def line_of(pack: Pack, kind: LetterKind, cause: str, facts: Mapping[str, str], language: str) -> str:
    """One matter of the letter as a sentence."""
    name = "letter.line.decided" if kind.needs and cause == "hazard" else f"letter.line.{cause}"
    told = {
        "code": facts.get("code", ""),
        "place": facts.get(f"place_{language}", facts.get("place_zh", "")),
        "kind": _label(pack.kinds, facts.get("kind", ""), language),
        "grade": pack.grades[facts["grade"]].in_(language) if facts.get("grade") in pack.grades else "",
        "duty": _label(pack.duties, facts.get("duty", ""), language),
        "period": f" {facts['period']}" if facts.get("period") else "",
        "due": day_words(date.fromisoformat(facts["due_on"]), language) if facts.get("due_on") else "—",
    }
    sentence = pack.wordings[name].in_(language)
    for key, value in told.items():
        sentence = sentence.replace("{" + key + "}", value)
    return sentence


def day_words(day: date, language: str) -> str:
    """Arabic numerals, as GB/T 9704-2012 writes dates."""
    if language == KO:
        return f"{day.year}년 {day.month}월 {day.day}일"
    return f"{day.year}年{day.month}月{day.day}日" if language == ZH else day.isoformat()


def filled(text: Text, told: Mapping[str, Text | str]) -> Text:
    found = {}
    for language in (ZH, KO, "en"):
        sentence = text.in_(language)
        for name, value in told.items():
            said = value.in_(language) if isinstance(value, Text) else value
            sentence = sentence.replace("{" + name + "}", said)
        found[language] = sentence
    return Text(**found)


def _joined(texts: Sequence[Text]) -> Text:
    return Text(
        zh="".join(one.zh for one in texts),
        ko=" ".join(one.ko for one in texts),
        en=" ".join(one.en for one in texts),
    )


def _days(pack: Pack, kind: LetterKind, on: date) -> str:
    value = pack.value(kind.reply, on=on) if kind.reply else None
    return str(value.value) if value is not None and value.is_set else ""


def _label(known: Mapping[str, object], code: str, language: str) -> str:
    label = getattr(known.get(code), "label", None)
    return label.in_(language) if isinstance(label, Text) else code
