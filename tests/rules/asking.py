"""Puts a situation written in Chinese to the rules: labels of the pack become its codes."""

from dataclasses import dataclass
from datetime import datetime

from shouwang.kernel.decision import Decision, Reason
from shouwang.kernel.workdays import shipped
from shouwang.policy import load
from shouwang.rules.clocks import deadline, due
from shouwang.rules.determining import Discussion, may_determine
from shouwang.rules.fitted_shares import Thing, share_fitted
from shouwang.rules.grading import grade
from shouwang.rules.musters import arrival_by, whom_to_call
from shouwang.rules.routing import who_acts
from shouwang.rules.scope import reach
from shouwang.rules.transitions import ActFacts, may
from tests.rules.alarm_situations import ASK as ALARMS
from tests.rules.duty_situations import adopted, ask_duty
from tests.rules.task_situations import ask_delegate, ask_ladder, ask_plan, ask_told, ask_whose

PACK = load()
FACT_NAMES = {
    column.label.zh: column.name
    for table in PACK.tables.values()
    for edition in table.editions
    for column in edition.inputs
}
CODES = {
    thing.label.zh: key
    for things in (PACK.kinds, PACK.sites, PACK.departments, PACK.posts)
    for key, thing in things.items()
} | {text.zh: key for texts in (PACK.grades, PACK.states, PACK.levels) for key, text in texts.items()}
YES_NO = {"是": True, "否": False}
ELDERS = {"更早且未办结": "fits", "更晚": "elder_younger", "已办结": "elder_ended", "外县": "elder_elsewhere"}


@dataclass(frozen=True)
class Held:
    kind: str
    department: str | None
    territory: tuple[str, ...]


def code(value):
    return YES_NO.get(value, CODES.get(value, value)) if isinstance(value, str) else value


def facts(told):
    return {FACT_NAMES[name]: code(value) for name, value in told.items()}


def moment(text):
    return datetime.fromisoformat(str(text)).replace(tzinfo=PACK.zone)


def ask_grade(s):
    return grade(PACK, facts(s["情况"]), s["日期"]), code(s["应得"])


def ask_who_acts(s):
    decision = who_acts(PACK, facts(s["情况"]), s["日期"])
    found, wanted = decision.verdict, {name: code(value) for name, value in s["应得"].items()}
    told = {"部门": found.department, "层级": found.level, "督导": found.supervisor}
    return Decision({k: v for k, v in told.items() if v}, decision.reasons, decision.clauses), wanted


def ask_due(s):
    at = moment(s["起算"])
    if "参数" in s["情况"]:
        decision = deadline(PACK, shipped(), s["情况"]["参数"], at)
    else:
        decision = due(PACK, shipped(), code(s["情况"]["级别"]), at)
    if decision.verdict is None:
        return Decision("未填写", decision.reasons, decision.clauses), s["应得"]
    told = {
        "应得": decision.verdict.at,
        "暂定": decision.verdict.provisional,
        "来源": decision.verdict.provenance,
    }
    wanted = {"暂定": code(s.get("暂定", "否"))} | ({"来源": s["来源"]} if "来源" in s else {})
    wanted |= {"应得": moment(s["应得"])} if "应得" in s else {}
    return Decision({k: told[k] for k in wanted}, decision.reasons, decision.clauses), wanted


def ask_arrival(s):
    """`参数`: values adopted for this situation."""
    decision = arrival_by(adopted(s.get("参数", {})), shipped(), moment(s["起算"]))
    if decision.verdict is None:
        return Decision("未填写", decision.reasons, decision.clauses), s["应得"]
    found = code(s["暂定"]) if "暂定" in s else moment(s["应得"])
    told = decision.verdict.provisional if "暂定" in s else decision.verdict.at
    return Decision(told, decision.reasons, decision.clauses), found


def ask_whom(s):
    decision = whom_to_call(PACK, facts(s["情况"]), s["日期"])
    found = [one.department for one in decision.verdict]
    return Decision(found, decision.reasons, decision.clauses), [code(name) for name in s["应得"]]


def ask_may(s):
    told = s["情况"]
    given = ActFacts(
        actor=told.get("办理人", "李明"),
        reporter=told.get("报告人", ""),
        submitter=told.get("整改人", ""),
        photos=told.get("照片", 0),
        reason=told.get("写明理由", ""),
        holds=code(told["岗位允许"]),
        is_assignee=code(told.get("是承办人", "否")),
        is_reporter=code(told.get("是报告人", "否")),
        pictures=told.get("现在的照片", 0),
        elder=ELDERS[told["并入的件"]] if "并入的件" in told else "",
        before=frozenset(told.get("做过", [])),
        closer=told.get("销案人", ""),
        under_review=code(told.get("抽中", "否")),
        code_in_hand=code(told.get("经手过场所码", "否")),
    )
    state = None if s["状态"] == "新报" else CODES[s["状态"]]
    return may(PACK, state, s["办理"], given), code(s["应得"])


def ask_determine(s):
    """集体讨论能否认定: 参加人数, 是否要改变重大与否."""
    told = s["情况"]
    people = told.get("参加人数")
    held = Discussion(on=s["日期"], people=people, is_major=code(told.get("认为重大", "是"))) if people else None
    return may_determine(PACK, held, needed=code(told.get("改变重大与否", "是")), on=s["日期"]), code(s["应得"])


def ask_reach(s):
    posts = [Held(CODES[kind], department or None, tuple(areas)) for kind, department, areas in s["岗位"]]
    decision = reach(PACK, posts, s["权限"])
    shares = {share.department: list(share.areas) for share in decision.verdict.shares}
    found = (list(decision.verdict.areas), shares)
    return Decision(found, decision.reasons, decision.clauses), (s["应得"], s.get("本部门", {}))


def ask_value(s):
    value = PACK.value(s["参数"], on=s["日期"])
    found = (value.value if value.is_set else "未填写", value.provenance)
    decision = Decision(found, (Reason("value"),), (PACK.parameters[s["参数"]].row,))
    return decision, (s["应得"], s["来源"])


def ask_fitted(s):
    """`户`, `场所`: 名册上的类别和装着、试过的设备. 应得: 装了多少/一共多少."""
    listed = [(one, name == "户") for name in ("户", "场所") for one in s.get(name, ())]
    things = [Thing(one["类别"], is_home, frozenset(one["装着"])) for one, is_home in listed]
    decision = share_fitted(PACK.indicators[s["指标"]], things)
    part, whole = decision.verdict
    told = str(part) if whole is None else f"{part}/{whole}"
    return Decision(told, decision.reasons, decision.clauses), str(s["应得"])


ASK = {
    "装了多少": ask_fitted,
    "级别": ask_grade,
    "谁承办": ask_who_acts,
    "期限": ask_due,
    "能否办理": ask_may,
    "履职": lambda s: (ask_duty(s, moment), s["应得"]),
    "能否认定": ask_determine,
    "范围": ask_reach,
    "参数": ask_value,
    "报到期限": ask_arrival,
    "吹哨叫谁": ask_whom,
    "督促": ask_ladder,
    "督促给谁": lambda s: ask_told(s, CODES),
    "谁的任务": lambda s: ask_whose(s, CODES),
    "能否委派": lambda s: ask_delegate(s, CODES),
    "年度计划": lambda s: ask_plan(s, moment),
    **ALARMS,
}
