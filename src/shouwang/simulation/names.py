"""Names of the people who live in the simulation: as one meets them in Yanbian, Han and Korean."""

from random import Random

HAN_FAMILY = "王李张刘陈杨赵孙周吴徐高林于姜"
HAN_GIVEN = (
    "明", "建国", "丽华", "海涛", "秀英", "志强", "春梅", "国栋", "晓东", "玉兰", "文斌", "桂芝",
    "立新", "淑芬", "洪波", "艳红", "永生", "雪莲", "长山", "凤霞",
)  # fmt: skip
KOREAN_FAMILY = "金朴李崔郑姜赵尹张林许玄"
KOREAN_GIVEN = (
    "明哲", "英子", "成日", "美花", "哲洙", "顺姬", "龙男", "京淑", "光洙", "莲花", "东旭", "香兰",
    "虎林", "贞淑", "昌浩", "银姬", "学哲", "春子", "龙洙", "福顺",
)  # fmt: skip


def person_name(dice: Random, *, korean: bool) -> str:
    family, given = (KOREAN_FAMILY, KOREAN_GIVEN) if korean else (HAN_FAMILY, HAN_GIVEN)
    return dice.choice(family) + dice.choice(given)
