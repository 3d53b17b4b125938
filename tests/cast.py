"""The people of the tests, nearly all of Dunhua (敦化市); the last of them must see nothing."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest

from shouwang.domains.people.actor import Actor, HeldPost

PACK = "yanbian-2023"
IN_POST_SINCE = date(2026, 1, 1)
ENTERED_AT = datetime(2026, 1, 5, 1, 0, tzinfo=UTC)

PREFECTURE = "222400"
COUNTY = "222403"
STREET = "222403001"  # 渤海街道
NEXT_STREET = "222403002"  # 胜利街道
COMMUNITY = "222403001001"  # 红旗社区
NEXT_COMMUNITY = "222403001002"  # 北苑社区
GRID = "222403001001001"
NEXT_GRID = "222403001002001"


@dataclass(frozen=True, kw_only=True)
class Member:
    """One of the cast: who it is, and the post held, if any."""

    login: str
    name: str
    region: str
    kind: str = ""
    department: str = ""
    territory: tuple[str, ...] = ()
    language: str = "zh-hans"


CAST = (
    Member(login="liming", name="李明", region=GRID, kind="grid_member", department="grid"),
    Member(login="piaoyingshun", name="朴英顺", region=GRID, kind="grid_chief", department="grid", language="ko"),
    Member(login="sunyulan", name="孙玉兰", region=NEXT_GRID, kind="grid_member", department="grid"),
    Member(login="liuguozhu", name="刘国柱", region=COMMUNITY, kind="village_head", department="grid"),
    Member(login="cuizhe", name="崔哲", region=STREET, kind="station_staff", department="fire_station"),
    Member(login="zhangzhiqiang", name="张志强", region=STREET, kind="station_head",
           department="fire_station"),
    Member(login="wangjianguo", name="王建国", region=STREET, kind="town_leader"),
    Member(
        login="jinhao", name="金浩", region=STREET, kind="police_officer", department="police",
        territory=(STREET, NEXT_COMMUNITY, "222403002003"),
    ),
    Member(login="zhoumin", name="周敏", region=COUNTY, kind="dept_officer", department="housing"),
    Member(login="hanxue", name="韩雪", region=COUNTY, kind="county_office", department="committee_office"),
    Member(login="zhaoguodong", name="赵国栋", region=COUNTY, kind="county_fire", department="fire"),
    Member(login="quanzhenhu", name="全镇虎", region=PREFECTURE, kind="prefecture_office",
           department="committee_office"),
    Member(login="mali", name="马丽", region=COUNTY, kind="auditor"),
    Member(login="luoping", name="罗平", region=COUNTY, kind="security_admin"),
    Member(login="chenchen", name="陈晨", region=COUNTY, kind="system_admin"),
    Member(login="gaofeng", name="高峰", region=STREET, kind="town_first"),
    Member(login="xushulan", name="许淑兰", region=COMMUNITY, kind="village_first", department="grid"),
    Member(login="linmeihua", name="林美花", region=COMMUNITY, kind="committee_member", department="grid",
           language="ko"),
    Member(login="songshan", name="宋山", region=GRID, kind="building_chief", department="grid"),
    Member(login="yujie", name="于洁", region=GRID, kind="unit_chief", department="grid"),
    Member(login="dongyong", name="董勇", region=STREET, kind="brigade_leader", department="fire"),
    Member(login="nanchengjun", name="南成俊", region=COMMUNITY, kind="micro_station_leader",
           department="grid"),
    Member(login="hele", name="何乐", region=COMMUNITY, kind="property_manager",
           department="property_management"),
    Member(login="wupeng", name="吴鹏", region=COMMUNITY, kind="unit_manager"),
    Member(login="guoqiang", name="郭强", region=COUNTY, kind="county_leader"),
    Member(login="jiangtao", name="姜涛", region=COUNTY, kind="dept_head", department="education"),
    Member(login="lizhemin", name="李哲民", region=PREFECTURE, kind="prefecture_leader"),
    Member(login="fangwei", name="方伟", region=PREFECTURE, kind="prefecture_fire", department="fire"),
    Member(login="rexian12345", name="12345平台", region=COUNTY, kind="hotline_service"),
    Member(login="liuyang", name="刘洋", region="222401"),
)  # fmt: skip
OUTSIDER = CAST[-1]


def enter(member: Member, *, at: datetime = ENTERED_AT, password: str = "") -> Actor:
    """Enrol and appoint a member as an administrator would. Returns them as they act."""
    # The tables are known only once the settings are.
    from django.contrib.auth.hashers import make_password

    from shouwang.domains.people.services import By, appoint, enrol_person

    by = By(actor=None, post="security_admin", pack=PACK)
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
    return {member.login: enter(member) for member in CAST}
