"""The closed words a pack may use: everything the code acts on, nothing a prefecture may want to rename."""

from typing import Literal, TypeAlias

Modality: TypeAlias = Literal["must", "encouraged", "may", "outcome", "basis"]
Trigger: TypeAlias = Literal["continuous", "recurring", "event", "once", "threshold"]
NumberSource: TypeAlias = Literal["plan", "standard", "none"]
Provenance: TypeAlias = Literal["plan", "standard", "local", "default", "unset"]
Tongue: TypeAlias = Literal["zh", "ko", "en"]
LevelName: TypeAlias = Literal["prefecture", "county", "township", "village", "grid"]
Guard: TypeAlias = Literal[
    "assignee", "after_photo", "other_person", "reason", "elder", "unmerged_once", "unanswered", "reporter", "photo",
    "disputed_once", "under_review", "not_closer", "words", "stated", "pass_left", "pass_spent", "awaited",
]  # fmt: skip
# Whose act an arrow of a side loop is, seen from the case: who may whistle there, whoever stands on the spot, the
# department called, the committee office, those who work on the case, the level above, the house itself. Of an alarm:
# the desk on duty, and whoever goes there.
Side: TypeAlias = Literal[
    "caller", "site", "department", "arbiter", "assignee", "superior", "house", "desk", "witness",
]  # fmt: skip
LoopGuard: TypeAlias = Literal[
    "case_open", "words", "listed", "outsider", "impartial", "other_person", "undecided",
    "bounce_left", "bounce_spent", "return_left", "return_spent", "pause_left", "extension_left", "none_running",
    "still_running", "in_time", "within_limit",
]  # fmt: skip
HitPolicy: TypeAlias = Literal["U", "F", "C"]
InputType: TypeAlias = Literal["enum", "bool", "int"]
Ask: TypeAlias = Literal["photo", "place", "track", "signature", "text"]
Unit: TypeAlias = Literal[
    "seconds",
    "hours",
    "days",
    "workdays",
    "months",
    "count",
    "percent",
    "yuan",
    "km2",
    "persons",
    "time",
    "day",
    "day_of_year",
]
Every: TypeAlias = Literal["day", "month", "quarter", "half", "season", "year"]
Anchor: TypeAlias = Literal["period_end", "period_start", "trigger", "fixed"]
Reach: TypeAlias = Literal["own", "within", "subject"]
FieldType: TypeAlias = Literal[
    "text", "paragraph", "integer", "number", "yuan", "date", "yes_no", "choice", "choices",
    "phone", "credit_code", "area", "place", "link", "duty",
]  # fmt: skip
ChoiceList: TypeAlias = Literal["departments", "kinds", "posts", "sites"]
PaperKind: TypeAlias = Literal["paper", "photo"]
Better: TypeAlias = Literal["more", "fewer", "steady"]
Measure: TypeAlias = Literal["share", "done", "state", "bonus"]
Rung: TypeAlias = Literal["remind", "supervise", "letter", "interview", "level_up"]
Action: TypeAlias = Literal[
    "hazards.see",
    "hazards.report",
    "hazards.assign",
    "hazards.rectify",
    "hazards.recheck",
    "hazards.reject",
    "hazards.answer",
    "hazards.unmask",
    "hazards.grade",
    "hazards.determine",
    "hazards.export",
    "hazards.whistle",
    "hazards.arbitrate",
    "ledger.prove",
    "ledger.verify",
    "duties.see",
    "duties.delegate",
    "duties.plan",
    "records.see",
    "records.enter",
    "records.verify",
    "records.export",
    "parameters.adopt",
    "letters.see",
    "suggestions.answer",
    "peers.keep",
    "people.see",
    "people.manage",
    "areas.see",
    "areas.import",
    "households.see",
    "households.keep",
    "households.unmask",
    "patrols.enter",
    "alarms.see",
    "alarms.handle",
    "alarms.attend",
]
Scalar: TypeAlias = bool | int | str

GRADES = ("minor", "general", "major")

# Registers whose entries a duty may have to reach one by one.
REGISTERS = ("sites", "households", "forces", "waters", "devices", "people", "areas")
