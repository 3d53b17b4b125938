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
ANSWER_OWED, WORD_ANSWERED = "hazard.answer_owed", "hazard.word_answered"
COME = "hazard.answered"
BOUNCED = "hazard.bounced"
RULED = "hazard.ruled"
RELEASED = "hazard.released"
SIGNED = "hazard.signed"
GRADED = "hazard.graded"

OF_ACT: dict[str, tuple[str, ...]] = {
    "report": (REPORTED, ASSIGNED),
    "fix_on_spot": (REPORTED, RECTIFIED),
    "start": (STARTED,),
    "submit": (RECTIFIED,),
    "pass": (RECHECKED, CLOSED),
    "fail": (RECHECKED,),
    "reassign": (ASSIGNED,),
    "arbitrate": (ASSIGNED,),
    "reject": (REJECTED,),
    "whistle": (),
    "rule": (),
    "pause": (REDATED,),
    "resume": (REDATED,),
    "ask_extension": (),
    "grant_extension": (REDATED,),
    "deny_extension": (),
    "redate": (REDATED,),
    "merge": (MERGED,),
    "absorb": (),
    "unmerge": (UNMERGED,),
    "release": (),
    "answer": (ANSWERED,),
    "interim": (),
    "dispute": (REOPENED,),
    "review_pass": (REVIEWED,),
    "review_fail": (REVIEWED, REOPENED),
    "regrade": (REPORTED, GRADED),
}

# What a step of a department that was called announces, about that call.
OF_TURN: dict[str, tuple[str, ...]] = {
    "call": (SUMMONED,),
    "redate": (REDATED,),
    "arrive": (COME,),
    "bounce": (BOUNCED,),
    "appeal": (BOUNCED,),
    "let_go": (RELEASED,),
    "uphold": (RULED, RELEASED),
    "order": (RULED,),
    "sign": (SIGNED,),
    "sign_unsettled": (SIGNED,),
    "lapse": (RELEASED,),
}
