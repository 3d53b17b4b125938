"""What people write into a record (填写): facts a duty asks for, and plausible words for all else that is required."""

import io
from collections.abc import Mapping, Sequence
from datetime import date
from random import Random
from typing import NamedTuple

from PIL import Image, ImageDraw

from shouwang.policy import Pack
from shouwang.policy.duty_shapes import Duty
from shouwang.policy.record_shapes import Field, RecordType

# Fields nobody here can make up truly; a type that requires one of them is left to people.
LEFT_TO_PEOPLE = ("credit_code", "link", "place")
TOPICS = (
    "冬季取暖用火用电研判", "秋收期间场院和粮仓防火", "民宿和烧烤店用气安全", "老旧小区楼道清理",
    "电动自行车充电和停放", "敬老院夜间值守", "泡菜作坊和冷库用电", "春节前集市和商铺检查",
)  # fmt: skip
WORDS: Mapping[str, tuple[str, ...]] = {
    "topic": TOPICS,
    "title": ("关于加强基层消防工作的通知", "消防安全工作制度", "消防工作任务分解表", "消防安全职责清单"),
    "what": ("独居老人家中电线老化", "村部灭火器更换", "市场通道堆物"),
    "place": ("村部会议室", "社区活动室", "镇政府二楼会议室", "文化广场"),
    "address": ("镇政府院内东侧", "社区服务中心一楼", "原供销社办公楼"),
    "audience": ("村民代表", "商铺业主", "网格员和楼栋长"),
}
NUMBERS = "〔2026〕{n}号"


class Hand(NamedTuple):
    """Who writes: by which pack, on which day, for which body; `dice` choose the words."""

    pack: Pack
    day: date
    region: str
    dice: Random


def can_be_simulated(one: RecordType) -> bool:
    return not any(told.required and told.type in LEFT_TO_PEOPLE for told in one.fields_of(one.version).values())


def written(hand: Hand, one: RecordType, duties: Sequence[Duty]) -> dict[str, object]:
    """Raw values as a form would send them."""
    values: dict[str, object] = {one.occurs: hand.day.isoformat()}
    for duty in duties:
        for name, want in duty.evidence.where.items():
            values[name] = want[0] if isinstance(want, tuple) else want
        for name, parameter in duty.evidence.reaching.items():
            values[name] = int(hand.pack.value(parameter, on=hand.day).value or 1) + hand.dice.randrange(3)
    for name, told in one.fields_of(one.version).items():
        if told.required and name not in values:
            values[name] = _word(hand, name, told)
    return {name: _plain(value) for name, value in values.items()}


def known_facts(hand: Hand, one: RecordType) -> dict[str, object]:
    """A record that tells of a body everything duties may ask about it."""
    told = {name: told for name, told in one.fields_of(one.version).items() if told.required or told.fact}
    values = {name: _word(hand, name, field) for name, field in told.items()} | {one.occurs: hand.day.isoformat()}
    return {name: _plain(value) for name, value in values.items()}


def scan(dice: Random) -> bytes:
    """A page as it comes from a scanner: lines of writing, a seal, no words anybody could read."""
    image = Image.new("RGB", (595, 842), "#fbfaf6")
    draw = ImageDraw.Draw(image)
    draw.rectangle((190, 70, 405, 92), fill="#3a3a3a")
    for line in range(18):
        end = 505 - (dice.randrange(40, 260) if line % 5 == 4 else dice.randrange(0, 18))
        draw.rectangle((90, 130 + line * 30, end, 140 + line * 30), fill="#8a8a8a")
    draw.ellipse((370, 690, 490, 810), outline="#c0392b", width=4)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=60)
    return out.getvalue()


def _word(hand: Hand, name: str, told: Field) -> object:
    pack, day, region, dice = hand
    least, most = told.least or 1, told.most or 60
    match told.type:
        case "integer":
            return dice.randint(least, max(least, min(most, least + 40)))
        case "number" | "yuan":
            return f"{dice.randrange(20, 400) * 100}.00"
        case "date":
            return day.isoformat()
        case "yes_no":
            return dice.random() < 0.8
        case "choice" | "choices":
            chosen = dice.choice(sorted(told.choices or _listed(pack, told)))
            return [chosen] if told.type == "choices" else chosen
        case "area":
            return region
        case "phone":
            return f"0433-{dice.randrange(2000000, 8999999)}"
        case "duty":
            return next(iter(pack.duties))
        case _:
            return _text(name, told, dice)[: told.most or 120]


def _text(name: str, told: Field, dice: Random) -> str:
    if name == "number":
        return "延消" + NUMBERS.format(n=dice.randrange(1, 60))
    return dice.choice(WORDS.get(name, (told.label.zh,)))


def _listed(pack: Pack, told: Field) -> list[str]:
    return list(getattr(pack, told.of)) if told.of else ["other"]


def _plain(value: object) -> object:
    return {True: "是", False: "否"}[value] if isinstance(value, bool) else value
