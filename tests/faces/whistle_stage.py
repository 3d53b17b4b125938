"""A week of whistles on the stage: one settled, one sent back, one awaiting a ruling, one late, one just blown."""

from datetime import timedelta

from shouwang.domains.hazards.models import Case
from shouwang.domains.hazards.muster_queries import musters_of
from shouwang.flows.advance_muster import Go, advance_muster
from shouwang.flows.keep_house import catch_up
from shouwang.flows.whistle import Whistle, whistle
from tests.cast import enter
from tests.faces.stage import DAY, HOUR, Stage
from tests.flows.muster_story import POWER, URBAN

NEED = "请到现场清理通道，当面定下谁来改"


def called(stage: Stage, word: str):
    """The calls of a case of the stage, by department."""
    case = Case.objects.get(pk=stage.cases[word])
    return {one.department: one for one in musters_of(case)}


def go(stage: Stage, login: str, word: str, department: str, act: str, *, ago: timedelta, **brought):
    muster = called(stage, word)[department]
    advance_muster(
        stage.cast[login], muster.case_id, muster.id, Go(act=act, **brought), now=stage.now - ago
    )


def with_whistles(stage: Stage) -> Stage:
    for member in (URBAN, POWER):
        stage.cast[member.login] = enter(member)
    blown = {
        "late": (("housing", "police", "power"), 9 * DAY),
        "overdue": (("civil_affairs", "urban_management"), 8 * DAY),
        "soon": (("urban_management",), HOUR),
    }
    for word, (departments, ago) in blown.items():
        asked = Whistle(departments=departments, need=NEED)
        whistle(stage.cast["liming"], stage.cases[word], asked, now=stage.now - ago)
    go(stage, "jinhao", "late", "police", "set_out", ago=9 * DAY - HOUR)
    go(stage, "liming", "late", "police", "arrive", ago=9 * DAY - 2 * HOUR)
    go(stage, "jinhao", "late", "police", "tell", ago=9 * DAY - 3 * HOUR, note="已批评教育，车辆搬离楼道")
    go(stage, "piaoyingshun", "late", "police", "sign", ago=8 * DAY)
    go(stage, "duanlei", "late", "power", "bounce", ago=9 * DAY - HOUR, reason="not_our_trade", note="非供电设施")
    go(stage, "liming", "late", "power", "dispute", ago=8 * DAY, note="飞线接在电表箱上")
    go(stage, "mengchao", "overdue", "urban_management", "bounce", ago=7 * DAY, reason="no_power",
       note="养老院内部由民政负责")  # fmt: skip
    catch_up(now=stage.now)
    return stage
