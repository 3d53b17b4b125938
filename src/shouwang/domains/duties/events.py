"""What the duties room announces as evidence: steps taken, work passed on, plans approved. No duty is met by these."""

OF_RUNG = {
    "remind": "duties.reminded",
    "supervise": "duties.supervised",
    "letter": "duties.letter_due",
    "interview": "duties.interview_due",
    "level_up": "duties.raised",
}
DELEGATED = "duties.delegated"
PLAN_APPROVED = "duties.plan_approved"
REDATED = "duties.redated"
