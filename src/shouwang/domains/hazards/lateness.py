"""How many times its allowed time a case has taken (超时倍数): what lies longest by its own measure is seen first."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import DateTimeField, DurationField, ExpressionWrapper, F, Value

from .models import WORKING_STATES


def late_by(times: int, *, now: datetime) -> dict[str, Any]:
    """A filter: open cases that have taken at least `times` of what they were allowed; `now` is where all are read."""
    whole = ExpressionWrapper(Value(now) - F("reported_at"), output_field=DurationField())
    latest = ExpressionWrapper(F("reported_at") + whole / times, output_field=DateTimeField())
    return {"state__in": WORKING_STATES, "due_at__lt": now, "due_at__lte": latest}


def factor(reported_at: datetime, due_at: datetime, *, now: datetime) -> float:
    """2.0 when it has taken twice its time; a deadline at the moment of the report allowed no time at all."""
    allowed = max(due_at - reported_at, timedelta(minutes=1))
    return (now - reported_at) / allowed
