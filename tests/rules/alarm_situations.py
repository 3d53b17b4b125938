"""Situations about alarms put to the rules: what a signal does, when help is proposed, who is told, what is a storm."""

from datetime import date, datetime, timedelta

from shouwang.kernel.decision import Decision, Reason
from shouwang.policy import load
from shouwang.rules.alarm_calls import missing, numbers_told
from shouwang.rules.alarm_clocks import clocks_of, level_to_tell
from shouwang.rules.alarm_proposals import Sign, wants_repair, why_fire
from shouwang.rules.alarm_storms import Rang, storms
from shouwang.rules.alarms import Hearing, Raises, Standing, hear, told

PACK, ON = load(), date(2026, 11, 25)
NIGHT = datetime(2026, 11, 25, 18, 0, tzinfo=PACK.zone)
ROW = PACK.loops["alarm"].row
CLOCKS = clocks_of(PACK, ON)
PARTS = {"烟感": 40, "燃气": 10, "手报": 23}
KINDS = {"火警": "fire", "燃气": "gas", "手报": "call", "电话": "manual", "故障": "fault"}
STATES = {text.zh: key for key, text in PACK.loops["alarm"].states.items()}
HEARINGS = {Hearing.RAISE: "新报警", Hearing.NEWS: "新情况", Hearing.COUNT: "计次"}
LEVELS = {text.zh: key for key, text in PACK.levels.items()}
WHO = {"helper": "帮手", "stand_in": "替补", "household": "本人"}
CAUSES = {key.removeprefix("alarm.cause."): text.zh for key, text in PACK.wordings.items() if ".cause." in key}


def _decided(found, *reasons):
    return Decision(found, reasons, (ROW,))


def _after(seconds):
    return NIGHT + timedelta(seconds=seconds)


def ask_signal(s):
    """`位`: the bits that stand. What a signal raises or clears."""
    facts = {"flags": s["位"], "status": 0} | ({"component": PARTS[s["部件"]], "address": "01"} if "部件" in s else {})
    found = told(s["信号"], facts)
    names = {code: zh for zh, code in KINDS.items()}
    raised = [names[one.kind] + (f"·{one.cause}" if one.cause else "") for one in found if isinstance(one, Raises)]
    return _decided(raised or ("解除" if found else "无")), s["应得"]


def ask_ring(s):
    """`现在`, `静了`, `又响`: how the alarm stands, when it was cleared, how many seconds later it rings."""
    standing = None
    if "现状" in s:
        cleared = _after(s["解除"]) if "解除" in s else None
        standing = Standing(state=STATES[s["现状"]], heard_at=NIGHT, cleared_at=cleared)
    return _decided(HEARINGS[hear(standing, _after(s["又响"]), CLOCKS.again)]), s["应得"]


def _sign(told, number):
    kind, state = told
    return Sign(site="home:1", kind=KINDS[kind], source=str(number), part="", state=STATES[state])


def ask_proposal(s):
    """`响了`: (kind, state) of what rings at one place, the first is asked about; `过了`: seconds since."""
    one, *others = (_sign(each, number) for number, each in enumerate(s["响了"]))
    cause = why_fire(one, others, due_at=NIGHT + CLOCKS.verify, now=_after(s["过了"]))
    return _decided(CAUSES.get(cause, "还在核实"), *([Reason(f"alarm.cause.{cause}")] if cause else [])), s["应得"]


def ask_level(s):
    """`知悉`: levels that have acknowledged; `过了`: seconds since the first signal."""
    known = {LEVELS[name] for name in s.get("知悉", [])}
    level = level_to_tell(NIGHT + CLOCKS.verify, _after(s["过了"]), known_to=known, answer=CLOCKS.answer)
    return _decided(PACK.levels[level].zh), s["应得"]


def ask_storm(s):
    """`同时`: [township, cause, how many devices, seconds between them]."""
    rang = [
        Rang(township=township, cause=cause, source=f"{township}-{number}", at=_after(number * apart))
        for township, cause, many, apart in s["同时"]
        for number in range(many)
    ]
    found = storms(PACK, rang, ON)
    return _decided([[one.township, one.cause, one.sources] for one in found.values()]), s["应得"]


def ask_calls(s):
    """`登记`: what the sealed register tells of each person."""
    calls = numbers_told(s["登记"])
    found = {"拨打": [one.number for one in calls], "缺": [WHO[one] for one in missing(calls)]}
    return _decided(found), s["应得"]


def ask_wants_repair(s):
    decision = wants_repair(PACK, s["误报"], ON)
    return Decision("检修" if decision.verdict else "不检修", decision.reasons, decision.clauses), s["应得"]


ASK = {
    "信号": ask_signal, "再响": ask_ring, "火警建议": ask_proposal, "报到哪级": ask_level, "成片": ask_storm,
    "打给谁": ask_calls, "误报检修": ask_wants_repair,
}  # fmt: skip
