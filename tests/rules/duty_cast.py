"""Duties of every trigger, as a pack would declare them, beside the shipped ones."""

from dataclasses import replace
from datetime import date

import msgspec

from shouwang.policy import Value
from shouwang.policy.duty_shapes import Duty
from shouwang.policy.text import Text
from shouwang.policy.values import Parameter
from tests.rules.duty_situations import PACK

NAME = {"zh": "职责", "ko": "직책", "en": "Duty"}
SAID = Text(**NAME)
DECLARED = {
    "meeting": {
        "trigger": {"kind": "calendar", "every": "month"},
        "evidence": {"kind": "record.meeting", "least": "meeting.analysis.per_month"},
        "waived_by": ["record.waiver"],
        "deadline": {"grace": "t.grace"},
    },
    "report": {
        "trigger": {"kind": "calendar", "every": "quarter"},
        "evidence": {"kind": "record.report"},
        "deadline": {"parameter": "t.report", "anchor": "period_end"},
        "late_entry": False,
    },
    "campaign": {"trigger": {"kind": "calendar", "every": "quarter"}, "evidence": {"kind": "record.campaign"}},
    "village_for_town": {
        "performer": "village_head",
        "trigger": {"kind": "calendar", "every": "month"},
        "evidence": {"kind": "record.list"},
    },
    "plan": {
        "trigger": {"kind": "calendar", "every": "year"},
        "evidence": {"kind": "record.plan"},
        "deadline": {"parameter": "t.plan", "anchor": "period_start"},
    },
    "harvest": {
        "trigger": {"kind": "calendar", "every": "season", "seasons": ["harvest"]},
        "evidence": {"kind": "record.campaign", "where": {"campaign": "harvest"}},
    },
    "drill": {
        "trigger": {"kind": "state", "valid": "t.valid"},
        "evidence": {"kind": "record.drill", "least": "t.drills", "reach": "within"},
        "superseded_on": "2030-01-01",
    },
    "sign": {"trigger": {"kind": "state"}, "evidence": {"kind": "record.sign"}},
    "brigade": {
        "trigger": {
            "kind": "threshold", "fact": "profile.residents", "least": "brigade.residents.persons", "above": True,
        },
        "evidence": {"kind": "record.brigade"},
        "deadline": {"parameter": "t.build"},
    },
    "staff": {
        "trigger": {"kind": "once", "by": "station.staff.by", "before": True},
        "evidence": {"kind": "record.staff"},
    },
    "crane": {
        "trigger": {"kind": "calendar", "every": "year"},
        "evidence": {"kind": "record.crane"},
        "condition": {"profile.capable": True},
    },
    "homestays": {
        "trigger": {"kind": "calendar", "every": "half"},
        "evidence": {"kind": "record.look", "least": "t.share"},
        "objects": {"register": "sites", "where": {"kind": "homestay"}},
    },
    "micro": {
        "trigger": {"kind": "state", "valid": "t.valid"},
        "evidence": {"kind": "record.micro", "where": {"fit": True}, "reaching": {"members": "t.members"}},
    },
    "stop": {
        "trigger": {"kind": "event", "on": "record.conversion", "where": {"result": "unfit"}, "at": "assessed_on"},
        "evidence": {"kind": "record.conversion", "where": {"stopped": True}, "at": "stopped_on"},
        "deadline": {"parameter": "t.stop"},
    },
    "industries": {
        "trigger": {"kind": "calendar", "every": "quarter"},
        "evidence": {"kind": "record.check", "each": "department", "times": "t.twice", "least": "t.drills"},
    },
    "guided": {
        "trigger": {"kind": "state", "valid": "t.valid"},
        "evidence": {"kind": "record.visit"},
        "objects": {"register": "areas", "where": {"level": "village"}},
    },
    "interview": {
        "trigger": {"kind": "event", "on": "record.fire", "reaching": {"deaths": "t.deaths"}},
        "evidence": {"kind": "record.interview", "reach": "own"},
        "deadline": {"parameter": "t.stop"},
    },
    "summary": {
        "trigger": {"kind": "calendar", "every": "season", "seasons": ["harvest"]},
        "evidence": {"kind": "record.season", "at": "summed_on"},
        "deadline": {"parameter": "t.report", "anchor": "period_end"},
    },
    "learn": {
        "modality": "encouraged",
        "trigger": {"kind": "calendar", "every": "month"},
        "evidence": {"kind": "record.lesson"},
    },
}  # fmt: skip
CLOCKS = {
    "t.grace": ("days", 3), "t.report": ("days", 10), "t.plan": ("months", 2), "t.valid": ("days", 180),
    "t.drills": ("count", 2), "t.build": ("days", 365), "t.share": ("percent", 50),
    "t.members": ("persons", 6), "t.twice": ("count", 2), "t.deaths": ("persons", 1), "t.stop": ("days", 10),
    "season.harvest.starts": ("day_of_year", "09-20"), "season.harvest.ends": ("day_of_year", "10-31"),
}  # fmt: skip


def parameter(name, told):
    unit, value = told
    given = Value("local", value, "延州消办〔2023〕1号", date(2023, 1, 1), "", "金光", date(2023, 1, 1))
    return Parameter(name, SAID, unit, "08-02", "county_office", "county", (given,))


def duty(name, told):
    body = {
        "id": name, "row": "08-02", "label": NAME, "modality": "must", "bearer": {"level": "township"},
        "performer": "station_staff", "verifier": "county_office", **told,
    }  # fmt: skip
    if "superseded_on" in body:
        body["superseded_on"] = date.fromisoformat(body["superseded_on"])
    return msgspec.convert(body, Duty)


DUTIES = {name: duty(name, told) for name, told in DECLARED.items()}
CLOCKED = {name: parameter(name, told) for name, told in CLOCKS.items()}
HOUSE = replace(PACK, duties={**PACK.duties, **DUTIES}, parameters={**PACK.parameters, **CLOCKED})
