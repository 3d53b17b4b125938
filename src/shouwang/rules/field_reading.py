"""One field of a record, from what was typed to its value, or why it cannot be taken (字段读取).

Values are what JSON keeps exactly: a day is 2026-11-05, an amount "1234.50", a place "129.508900,42.905300".
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from types import MappingProxyType

from shouwang.kernel.codes import is_region, uscc_fault
from shouwang.kernel.decision import Reason
from shouwang.kernel.geo import Datum, Point, convert, datum_named
from shouwang.policy import Pack
from shouwang.policy.record_shapes import Field
from shouwang.policy.vocabulary import Scalar
from shouwang.rules.forgiving import narrow, plain, sound, tidy
from shouwang.rules.reading_days import day
from shouwang.rules.reading_numbers import DIGITS, decimals, money, number
from shouwang.rules.reading_words import choice, choices, words_for, yes_no

Value = Scalar | list[str]
TEXT, PARAGRAPH, LINK, SHOWN = 200, 4000, 500, 20
PLACES, CENTS = 6, 2
EARLIEST = 1900
_PHONE = re.compile(
    r"1[3-9]\d{9}|0\d{2,3}-\d{7,8}(-\d{1,6})?|[2-8]\d{6,7}|[48]00\d{7}|1\d{2,4}|9\d{4}|\+\d{7,15}", re.ASCII
)
_AREA_CODE = re.compile(r"(010|02\d|0[3-9]\d{2})-?(\d{7,8})(-\d{1,6})?", re.ASCII)
_LINK = re.compile(r"https?://[^\s/?#]+\.[^\s]*|https?://[^\s/?#]+[/?#]?[^\s]*", re.IGNORECASE)
_APART = re.compile(r"[,，、;；\s]+")


@dataclass(frozen=True, slots=True)
class Asked:
    """A field, the name its faults speak of (<record type>.<field>), and the words its choices go by."""

    told: Field
    fact: str
    words: Mapping[str, str]

    def fault(self, code: str, **params: str | int) -> Reason:
        return Reason(code, {"fact": self.fact, **params})


Reader = Callable[[Asked, object], Value | Reason]


def ask(pack: Pack, told: Field, fact: str) -> Asked:
    labels = {key: one.label for key, one in pack.duties.items()} if told.type == "duty" else told.choices
    return Asked(told, fact, words_for(labels))


def read(asked: Asked, raw: object) -> Value | Reason:
    return _READERS[asked.told.type](asked, raw)


def is_blank(raw: object) -> bool:
    return not raw if isinstance(raw, list | tuple) else not plain(raw).strip()


def _text(asked: Asked, raw: object) -> Value | Reason:
    words = " ".join(tidy(raw).split("\n"))
    return _long_enough(asked, words, TEXT) or words


def _paragraph(asked: Asked, raw: object) -> Value | Reason:
    words = tidy(raw)
    return _long_enough(asked, words, PARAGRAPH) or words


def _long_enough(asked: Asked, words: str, most: int) -> Reason | None:
    least, most = asked.told.least or 0, asked.told.most or most
    if not sound(words):
        return asked.fault("sign_refused")
    if len(words) > most:
        return asked.fault("too_long", most=most, n=len(words))
    return asked.fault("too_short", least=least) if len(words) < least else None


def _integer(asked: Asked, raw: object) -> Value | Reason:
    found = number(raw, _units(asked))
    if found is None:
        return asked.fault("not_number", typed=_shown(raw))
    if decimals(found):
        return asked.fault("not_whole", typed=_shown(raw))
    return _bounded(asked, found) or int(found)


def _number(asked: Asked, raw: object) -> Value | Reason:
    found = number(raw, _units(asked))
    if found is None:
        return asked.fault("not_number", typed=_shown(raw))
    if decimals(found) > PLACES:
        return asked.fault("too_fine", most=PLACES)
    return _bounded(asked, found) or _exact(found, decimals(found))


def _yuan(asked: Asked, raw: object) -> Value | Reason:
    found = money(raw)
    if found is None:
        return asked.fault("not_money", typed=_shown(raw))
    if decimals(found) > CENTS:
        return asked.fault("too_fine", most=CENTS)
    return _bounded(asked, found) or _exact(found, CENTS)


def _exact(value: Decimal, places: int) -> str:
    text = format(value.quantize(Decimal(1).scaleb(-places)), "f")
    return text.removeprefix("-") if not value else text


def _units(asked: Asked) -> list[str]:
    unit = asked.told.unit
    return [words for words in (unit.zh, unit.ko, unit.en) if words] if unit else []


def _bounded(asked: Asked, value: Decimal) -> Reason | None:
    """The fault of a number out of bounds, naming the bounds."""
    least, most = asked.told.least, asked.told.most
    if least is not None and most is not None and not least <= value <= most:
        return asked.fault("out_of_range", least=least, most=most)
    if least is not None and value < least:
        return asked.fault("too_small", least=least)
    if most is not None and value > most:
        return asked.fault("too_large", most=most)
    return asked.fault("too_many_digits", most=DIGITS) if abs(value) >= 10**DIGITS else None


def _day(asked: Asked, raw: object) -> Value | Reason:
    found = day(raw)
    if found is None:
        return asked.fault("not_day", typed=_shown(raw))
    return asked.fault("too_early", least=EARLIEST) if found.year < EARLIEST else found.isoformat()


def _yes_no(asked: Asked, raw: object) -> Value | Reason:
    found = yes_no(raw)
    return asked.fault("not_yes_no", typed=_shown(raw)) if found is None else found


def _choice(asked: Asked, raw: object) -> Value | Reason:
    found = choice(raw, asked.words)
    return found or asked.fault("not_choice", typed=_shown(raw), options=asked.fact)


def _choices(asked: Asked, raw: object) -> Value | Reason:
    found, stray = choices(raw, asked.words)
    if stray:
        return asked.fault("not_choice", typed=_shown(stray), options=asked.fact)
    least, most = asked.told.least, asked.told.most
    if least is not None and len(found) < least:
        return asked.fault("too_few_chosen", least=least)
    return asked.fault("too_many_chosen", most=most) if most is not None and len(found) > most else found


def _phone(asked: Asked, raw: object) -> Value | Reason:
    signs = re.sub(r"[()\[\]]", "", re.sub(r"[‐‑–—−]", "-", narrow(raw)))
    signs = re.sub(r"^(\+?0{0,2}86-?)(?=1[3-9])", "", signs)
    if signs[:1] == "1" or signs[:1] == "+" or signs[1:3] == "00":
        signs = signs.replace("-", "")
    if area := _AREA_CODE.fullmatch(signs):
        signs = f"{area[1]}-{area[2]}{area[3] or ''}"
    return signs if _PHONE.fullmatch(signs) else asked.fault("not_phone")


def _credit_code(asked: Asked, raw: object) -> Value | Reason:
    code = narrow(raw).upper()
    wrong = uscc_fault(code)
    return asked.fault(f"credit_code_{wrong.value}", n=len(code)) if wrong else code


def _area(asked: Asked, raw: object) -> Value | Reason:
    code = narrow(raw)
    return code if is_region(code) else asked.fault("not_area", typed=_shown(raw))


def _place(asked: Asked, raw: object) -> Value | Reason:
    """Kept on WGS-84; a place that a Chinese map gave names its datum behind it: 129.5148,42.9077 GCJ-02."""
    parts = list(raw) if isinstance(raw, list | tuple) else _APART.split(plain(raw).strip())
    said = plain(parts.pop()) if len(parts) == 3 else ""
    datum = datum_named(said) if said else Datum.WGS84
    found = [number(part) for part in parts]
    if len(found) != 2 or found[0] is None or found[1] is None:
        return asked.fault("not_place")
    if datum is None:
        return asked.fault("not_datum", typed=_shown(said))
    lon, lat = found[0], found[1]
    if abs(lon) <= 90 < abs(lat):
        lon, lat = lat, lon
    if abs(lon) > 180 or abs(lat) > 90:
        return asked.fault("not_place")
    if datum is not Datum.WGS84:
        kept = convert(Point(float(lon), float(lat)), source=datum, target=Datum.WGS84)
        lon, lat = Decimal(repr(kept.lon)), Decimal(repr(kept.lat))
    return ",".join(_exact(_rounded(one), PLACES) for one in (lon, lat))


def _rounded(value: Decimal) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-PLACES), rounding=ROUND_HALF_EVEN)


def _link(asked: Asked, raw: object) -> Value | Reason:
    link = plain(raw).strip()
    if len(link) > LINK:
        return asked.fault("too_long", most=LINK, n=len(link))
    return link if sound(link) and _LINK.fullmatch(link) else asked.fault("not_link")


def _duty(asked: Asked, raw: object) -> Value | Reason:
    found = choice(raw, asked.words)
    return found or asked.fault("not_duty", typed=_shown(raw))


def _shown(raw: object) -> str:
    """What was typed, short enough to be said back."""
    words = " ".join(plain(raw).split())
    words = "".join(sign for sign in words if sign.isprintable())
    return words if len(words) <= SHOWN else f"{words[:SHOWN]}…"


_READERS: Mapping[str, Reader] = MappingProxyType(
    {
        "text": _text,
        "paragraph": _paragraph,
        "integer": _integer,
        "number": _number,
        "yuan": _yuan,
        "date": _day,
        "yes_no": _yes_no,
        "choice": _choice,
        "choices": _choices,
        "phone": _phone,
        "credit_code": _credit_code,
        "area": _area,
        "place": _place,
        "link": _link,
        "duty": _duty,
    }
)
