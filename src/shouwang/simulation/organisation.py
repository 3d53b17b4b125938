"""Who serves where: the offices, departments, stations and grids of the simulated prefecture."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random

from .names import person_name
from .places import COUNTIES, PREFECTURE, County, grids_of, villages_of

FILLED = 0.85
KOREAN_SHARE = {"222405": 0.7, "222406": 0.6, "222402": 0.6, "222401": 0.5}


@dataclass(frozen=True, kw_only=True)
class Member:
    """One person with one post; `demo` is the line by which the sign-in page offers the account."""

    login: str
    name: str
    kind: str
    department: str
    region: str
    territory: tuple[str, ...] = field(default=())
    language: str = "zh-hans"
    demo: str = ""


# The people of the golden story, with their own names (a grid member of 明东村, 智新镇, 龙井市).
NAMED = {
    "longjing.zhixin.mingdong.1": "李明",
    "longjing.zhixin.mingdong.2": "朴英子",
    "longjing.zhixin.station": "崔顺姬",
    "longjing.zhixin.head": "赵海涛",
    "longjing.zhixin.town": "王建国",
}


def members(pack: str, dice: Random) -> Iterator[Member]:
    """Everybody, from the prefecture down."""
    yield _member(dice, "zhou.office", "prefecture_office", "committee_office", PREFECTURE, demo="1 州消委办")
    yield _member(dice, "zhou.leader", "prefecture_leader", "", PREFECTURE, demo="1 州分管领导")
    yield _member(dice, "zhou.fire", "prefecture_fire", "fire", PREFECTURE, demo="1 州消防救援支队")
    yield _member(dice, "zhou.audit", "auditor", "", PREFECTURE, demo="1 州审计员")
    yield _member(dice, "zhou.security", "security_admin", "", PREFECTURE, demo="1 州安全管理员")
    for county in COUNTIES:
        yield from _county(county, pack, dice)


def _county(county: County, pack: str, dice: Random) -> Iterator[Member]:
    code, word = county.code, county.word
    yield _member(dice, f"{word}.office", "county_office", "committee_office", code, demo="2 县(市)消委办")
    yield _member(dice, f"{word}.fire", "county_fire", "fire", code, demo="2 消防救援大队")
    yield _member(dice, f"{word}.housing", "dept_officer", "housing", code, demo="3 住建部门")
    yield _member(dice, f"{word}.police", "dept_officer", "police", code)
    yield _member(dice, f"{word}.leader", "county_leader", "", code, demo="2 县(市)分管领导")
    yield _member(dice, f"{word}.education", "dept_head", "education", code)
    for township in county.townships:
        yield from _township(township, word, pack, dice)


def _township(township: str, word: str, pack: str, dice: Random) -> Iterator[Member]:
    base = _base(township, word)
    yield _member(dice, f"{base}.head", "station_head", "fire_station", township, demo="4 消防工作站站长")
    yield _member(dice, f"{base}.station", "station_staff", "fire_station", township, demo="4 消防工作站")
    yield _member(dice, f"{base}.town", "town_leader", "", township, demo="4 乡镇(街道)分管领导")
    yield _member(dice, f"{base}.first", "town_first", "", township, demo="4 乡镇(街道)主要负责人")
    for village in villages_of(pack, township):
        yield from _committee(dice, f"{base}.{_village(village)}", village)
        for number, grid in enumerate(grids_of(village), start=1):
            login = f"{base}.{_village(village)}.{number}"
            yield _member(dice, login, "grid_member", "grid", grid, demo="5 网格员" if number == 1 else "")


def _committee(dice: Random, base: str, village: str) -> Iterator[Member]:
    """The two committees of a village; here and there a post stands empty."""
    yield _member(dice, f"{base}.head", "village_head", "grid", village, demo="5 村(社区)消防负责人")
    for kind, word in (("village_first", "first"), ("committee_member", "member")):
        if dice.random() < FILLED:
            yield _member(dice, f"{base}.{word}", kind, "grid", village)


def _member(dice: Random, login: str, kind: str, department: str, region: str, *, demo: str = "") -> Member:
    korean = dice.random() < KOREAN_SHARE.get(region[:6], 0.3)
    name = NAMED.get(login) or person_name(dice, korean=korean)
    return Member(
        login=login,
        name=name,
        kind=kind,
        department=department,
        region=region,
        territory=(region,),
        language="ko" if login == "longjing.zhixin.mingdong.2" else "zh-hans",
        demo=demo,
    )


def _base(township: str, word: str) -> str:
    return {"222405105": "longjing.zhixin"}.get(township, f"{word}.{township[6:]}")


def _village(village: str) -> str:
    return {"222405105200": "mingdong"}.get(village, village[9:])
