"""What the hazards room announces as evidence; `duties` in the pack name these kinds."""

REPORTED = "hazard.reported"
ASSIGNED = "hazard.assigned"
STARTED = "hazard.started"
RECTIFIED = "hazard.rectified"
RECHECKED = "hazard.rechecked"
CLOSED = "hazard.closed"
REJECTED = "hazard.rejected"
SUMMONED = "hazard.summoned"
REDATED = "hazard.redated"

OF_ACT: dict[str, tuple[str, ...]] = {
    "report": (REPORTED, ASSIGNED),
    "fix_on_spot": (REPORTED, RECTIFIED),
    "start": (STARTED,),
    "submit": (RECTIFIED,),
    "pass": (RECHECKED, CLOSED),
    "fail": (RECHECKED,),
    "reassign": (ASSIGNED,),
    "reject": (REJECTED,),
    "summon": (SUMMONED,),
    "redate": (REDATED,),
}
