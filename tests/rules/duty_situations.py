"""Puts a situation about a duty to the rules: what is owed, which records there are, what time it is."""

from dataclasses import replace
from uuid import NAMESPACE_URL, uuid5

from msgspec import structs

from shouwang.kernel.decision import Decision
from shouwang.kernel.workdays import shipped
from shouwang.policy import Value, load
from shouwang.policy.duty_shapes import Calendar, Event
from shouwang.rules.duties import Asked, evaluate
from shouwang.rules.periods import named, period_of
from shouwang.rules.seen import Body, Dated, Owed, Seen, fits

PACK = load()
# One body of each level, where a situation names none.
REGIONS = {
    "prefecture": "222400",
    "county": "222401",
    "township": "222401001",
    "village": "222401001001",
    "grid": "222401001001001",
}
LONG_AGO = "2023-03-01 09:00"
CASES = "分情形"


def spread(situations):
    """Each case (分情形) of a situation as a situation of its own: what the case does not say, the whole says."""
    for one in situations:
        if CASES not in one:
            yield one
            continue
        whole = {name: told for name, told in one.items() if name != CASES}
        for number, case in enumerate(one[CASES], 1):
            yield whole | case | {"标题": f"{one['标题']}（{number}）{case.get('说', case['应得'])}"}


def ask_duty(s, moment):
    """`职责`, `时段`, `记录` [事项, 发生, 录入, 内容], `事实`, `期限`, `参数`, `对象`, `没人登记`, `现在`."""
    pack = recording(adopted(s.get("参数", {})), s.get("没人登记", ()))
    duty = pack.duties[s["职责"]]
    region = str(s.get("辖区", REGIONS[duty.bearer.level]))
    now, limit = moment(s["现在"]), moment(s["期限"]) if s.get("期限") else None
    facts = {
        name: tuple(dated(one, moment) for one in (told if isinstance(told, list) else [[told, LONG_AGO]]))
        for name, told in s.get("事实", {}).items()
    }
    body = Body(
        region, duty.bearer.level, s.get("类别", ""), {k: v for k, v in facts.items() if k != "area.kind"}
    )
    seen = [record(one, region, limit, moment) for one in s["记录"]]
    owed = Owed(body, period(pack, duty, s, now), opening(duty, seen), objects(s, duty))
    found = evaluate(Asked(pack, shipped(), duty, owed, now), seen)
    return Decision(found.verdict, found.reasons, found.clauses)


def adopted(values):
    """The pack with values a place adopted, each since the plan was issued; `未填写` takes a value away."""
    parameters = dict(PACK.parameters)
    for name, value in values.items():
        one = Value(provenance="unset", since=PACK.since)
        if value != "未填写":
            one = Value("local", value, "延州消办〔2026〕1号", PACK.since, "", "金光", PACK.since)
        parameters[name] = structs.replace(parameters[name], values=(one,))
    return PACK.replaced(parameters)


def recording(pack, unkept):
    """The pack in a house where every kind of evidence is recorded but these."""
    kinds = {key: structs.replace(one, kept=key not in unkept) for key, one in pack.evidence.items()}
    return replace(pack, evidence=kinds)


def dated(told, moment):
    value, since, *rest = told
    return Dated(moment(since), moment((*rest, since)[0]), value)


def record(told, region, limit, moment):
    kind, at, *rest = told
    facts = next((one for one in rest if isinstance(one, dict)), {})
    entered = next((one for one in rest if not isinstance(one, dict)), at)
    subject = facts.get("对象", "case" if kind.startswith("hazard.") else uuid5(NAMESPACE_URL, f"{kind}{at}"))
    where = str(facts.get("辖区", region))
    kept = {name: value for name, value in facts.items() if name not in ("对象", "辖区")}
    return Seen(kind, str(subject), moment(at), moment(entered), limit, where, kept)


def period(pack, duty, s, now):
    if not isinstance(duty.trigger, Calendar):
        return None
    if "时段" in s:
        return named(pack, str(s["时段"]))
    return period_of(pack, duty.trigger, now.date())


def opening(duty, seen):
    if not isinstance(duty.trigger, Event):
        return None
    on, where = duty.trigger.on, duty.trigger.where
    # What a situation leaves out about the opening is as the duty asks; what it says must be.
    told = ((one, {name: wanted for name, wanted in where.items() if name in one.facts}) for one in seen)
    opens = (one for one, asked in told if one.kind == on and fits(asked, one.facts))
    return min(opens, key=lambda one: one.occurred_at, default=None)


def objects(s, duty):
    if duty.objects is None or s.get("对象") is None:
        return None
    return frozenset(str(one) for one in s["对象"])
