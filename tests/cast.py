"""The people of the tests, nearly all of one county (in Yanbian 敦化市); the last of them must see nothing."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest

from shouwang.domains.people.actor import Actor, HeldPost
from tests.prefectures import HERE, here

PACK = HERE.pack
IN_POST_SINCE = date(2026, 1, 1)
ENTERED_AT = datetime(2026, 1, 5, 1, 0, tzinfo=UTC)

PREFECTURE, COUNTY, OTHER_COUNTY = HERE.prefecture, HERE.county, HERE.other_county
STREET, NEXT_STREET = HERE.street, HERE.next_street  # 渤海街道, 胜利街道
COMMUNITY, NEXT_COMMUNITY = HERE.community, HERE.next_community  # 红旗社区, 北苑社区
GRID, NEXT_GRID = HERE.grid, HERE.next_grid


@dataclass(frozen=True, kw_only=True)
class Member:
    """One of the cast: who it is, and the post held, if any; both in the words of where it plays."""

    login: str
    name: str
    region: str
    kind: str = ""
    department: str = ""
    territory: tuple[str, ...] = ()
    language: str = "zh-hans"


CAST = (
    Member(login="liming", name="李明", region=GRID, kind=here("grid_member"), department=here("grid")),
    Member(login="piaoyingshun", name="朴英顺", region=GRID, kind=here("grid_chief"), department=here("grid"),
           language=HERE.other_language),
    Member(login="sunyulan", name="孙玉兰", region=NEXT_GRID, kind=here("grid_member"), department=here("grid")),
    Member(login="liuguozhu", name="刘国柱", region=COMMUNITY, kind=here("village_head"), department=here("grid")),
    Member(login="cuizhe", name="崔哲", region=STREET, kind=here("station_staff"), department=here("fire_station")),
    Member(login="zhangzhiqiang", name="张志强", region=STREET, kind=here("station_head"),
           department=here("fire_station")),
    Member(login="wangjianguo", name="王建国", region=STREET, kind=here("town_leader")),
    Member(
        login="jinhao", name="金浩", region=STREET, kind=here("police_officer"), department=here("police"),
        territory=(STREET, NEXT_COMMUNITY, f"{NEXT_STREET}003"),
    ),
    Member(login="zhoumin", name="周敏", region=COUNTY, kind=here("dept_officer"), department=here("housing")),
    Member(login="hanxue", name="韩雪", region=COUNTY, kind=here("county_office"), department=here("committee_office")),
    Member(login="zhaoguodong", name="赵国栋", region=COUNTY, kind=here("county_fire"), department=here("fire")),
    Member(login="quanzhenhu", name="全镇虎", region=PREFECTURE, kind=here("prefecture_office"),
           department=here("committee_office")),
    Member(login="mali", name="马丽", region=COUNTY, kind=here("auditor")),
    Member(login="luoping", name="罗平", region=COUNTY, kind=here("security_admin")),
    Member(login="chenchen", name="陈晨", region=COUNTY, kind=here("system_admin")),
    Member(login="gaofeng", name="高峰", region=STREET, kind=here("town_first")),
    Member(login="xushulan", name="许淑兰", region=COMMUNITY, kind=here("village_first"), department=here("grid")),
    Member(login="linmeihua", name="林美花", region=COMMUNITY, kind=here("committee_member"), department=here("grid"),
           language=HERE.other_language),
    Member(login="songshan", name="宋山", region=GRID, kind=here("building_chief"), department=here("grid")),
    Member(login="yujie", name="于洁", region=GRID, kind=here("unit_chief"), department=here("grid")),
    Member(login="dongyong", name="董勇", region=STREET, kind=here("brigade_leader"), department=here("fire")),
    Member(login="nanchengjun", name="南成俊", region=COMMUNITY, kind=here("micro_station_leader"),
           department=here("grid")),
    Member(login="hele", name="何乐", region=COMMUNITY, kind=here("property_manager"),
           department=here("property_management")),
    Member(login="wupeng", name="吴鹏", region=COMMUNITY, kind=here("unit_manager")),
    Member(login="guoqiang", name="郭强", region=COUNTY, kind=here("county_leader")),
    Member(login="jiangtao", name="姜涛", region=COUNTY, kind=here("dept_head"), department=here("education")),
    Member(login="lizhemin", name="李哲民", region=PREFECTURE, kind=here("prefecture_leader")),
    Member(login="fangwei", name="方伟", region=PREFECTURE, kind=here("prefecture_fire"), department=here("fire")),
    Member(login="rexian12345", name="12345平台", region=COUNTY, kind=here("hotline_service")),
    Member(login="liuyang", name="刘洋", region=OTHER_COUNTY),
)  # fmt: skip
OUTSIDER = CAST[-1]


def enter(member: Member, *, at: datetime = ENTERED_AT, password: str = "") -> Actor:
    """Enrol and appoint a member as an administrator would. Returns them as they act."""
    # The tables are known only once the settings are.
    from django.contrib.auth.hashers import make_password

    from shouwang.domains.people.services import By, appoint, enrol_person

    by = By(actor=None, post=here("security_admin"), pack=PACK)
    person = enrol_person(
        login=member.login, name=member.name, region=member.region, by=by, at=at,
        hashed=make_password(password) if password else "", language=member.language,
    )  # fmt: skip
    held: tuple[HeldPost, ...] = ()
    if member.kind:
        territory = member.territory or (member.region,)
        post = appoint(
            person, kind=member.kind, department=member.department, region=member.region,
            territory=territory, since=IN_POST_SINCE, by=by, at=at,
        )  # fmt: skip
        where = {"region": post.region, "territory": territory}
        held = (HeldPost(id=post.id, kind=post.kind, department=post.department, **where),)
    return Actor(id=person.id, county=person.county, name=person.name, posts=held, language=member.language)


@pytest.fixture
def cast(db: None) -> dict[str, Actor]:
    """Everybody by login: cast["liming"] is 网格员李明, cast["liuyang"] the one who must see nothing."""
    from shouwang.flows import local_values, working_days
    from tests.snapshot import once

    # What this process remembers for a moment is of the story told before.
    local_values.forget()
    working_days.forget()
    return once("cast", lambda: {member.login: enter(member) for member in CAST})
