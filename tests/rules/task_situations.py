"""Puts situations about task lists to the rules: whose task, the ladder, passing on, a year's plan."""

from datetime import date

from shouwang.kernel.decision import Decision, Reason
from shouwang.kernel.workdays import shipped
from shouwang.rules.delegating import Station, Wish, may_delegate
from shouwang.rules.ladder import Debt, steps_due, told_to
from shouwang.rules.planning import plan_of
from shouwang.rules.seen import Body
from shouwang.rules.tasks import performs
from tests.rules.duty_cast import HOUSE
from tests.rules.duty_situations import REGIONS

LADDER = ("remind", "supervise", "letter", "interview", "level_up")
STEPS = dict(zip(("提醒", "督办", "督办函", "约谈", "报上一级"), LADDER, strict=True))


def stations(told, codes):
    return tuple(
        Station(codes[kind], department, str(region), (str(region),)) for kind, department, region in told
    )


def ask_ladder(s):
    """`到期` 日, `知悉` 日, `判定`, `已办` 步骤, `今天`; `应得` 该走的步骤."""
    duty = HOUSE.duties[s["职责"]]
    taken = frozenset(STEPS[one] for one in s.get("已办", ()))
    debt = Debt(s["到期"], s.get("知悉", s["到期"]), s["判定"], taken)
    found = steps_due(HOUSE, shipped(), duty, debt, on=s["今天"])
    return found, tuple(STEPS[one] for one in s["应得"])


def ask_told(s, codes):
    duty = HOUSE.duties[s["职责"]]
    found = told_to(HOUSE, duty, STEPS[s["步骤"]])
    return Decision(set(found), (), duty.rows_served), {codes[one] for one in s["应得"]}


def ask_delegate(s, codes):
    """`委派人`, `受派人`: [岗位, 部门, 辖区]; `责任单位` 辖区."""
    duty = HOUSE.duties[s["职责"]]
    region = str(s.get("责任单位", REGIONS[duty.bearer.level]))
    wish = Wish(
        region, s.get("判定", "due"), stations(s["委派人"], codes), stations(s["受派人"], codes),
        s.get("同一人", False), s.get("已委派", False),
    )  # fmt: skip
    return may_delegate(HOUSE, duty, wish), s["应得"]


def ask_whose(s, codes):
    duty = HOUSE.duties[s["职责"]]
    held = stations([s["岗位"]], codes)
    found = performs(held[0], duty, str(s["责任单位"]))
    return Decision(found, (Reason("held"),), duty.rows_served), s["应得"]


def ask_plan(s, moment):
    """`应得` {时段: [起, 止]}: the lines of one duty in a body's year."""
    duty = HOUSE.duties[s["职责"]]
    facts = {name: tuple(told) for name, told in s.get("事实", {}).items()}
    body = Body(REGIONS[duty.bearer.level], duty.bearer.level, s.get("类别", ""), facts)
    now = moment(f"{s['年度']}-01-02 09:00")
    lines = [one for one in plan_of(HOUSE, shipped(), body, s["年度"], now=now) if one.duty == duty.id]
    found = {one.period or one.sort: [one.first, one.last] for one in lines}
    reasons = tuple(reason for one in lines for reason in one.unsure)
    wanted = {
        str(name): [day and date.fromisoformat(str(day)) for day in days] for name, days in s["应得"].items()
    }
    return Decision(found, reasons, duty.rows_served), wanted
