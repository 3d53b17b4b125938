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
MERGED = "hazard.merged"
UNMERGED = "hazard.unmerged"
REOPENED = "hazard.reopened"
ANSWERED = "hazard.reporter_answered"
DRAWN = "hazard.review_drawn"
REVIEWED = "hazard.reviewed"
TOLD, JOINED = "hazard.told", "hazard.joined"
ORDER_RECEIVED, ORDER_ANSWERED = "hazard.order_received", "hazard.order_answered"

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
    "merge": (MERGED,),
    "absorb": (),
    "unmerge": (UNMERGED,),
    "release": (),
    "answer": (ANSWERED,),
    "dispute": (REOPENED,),
    "review_pass": (REVIEWED,),
    "review_fail": (REVIEWED, REOPENED),
}
