"""The process that sends (外发进程): looks twice a second; killed at any moment, no notice is lost."""

from datetime import UTC, datetime

from shouwang.flows.send_notices import plan_deliveries, send_due
from shouwang.gateways.rounds import Rounds

from .channels import send

PAUSE, LONGEST = 0.1, 0.5


def now() -> datetime:
    return datetime.now(UTC)


def plan_and_send() -> int:
    plan_deliveries(now=now())
    return send_due(send, clock=now)


def notify() -> None:
    """Until it is asked to stop."""
    Rounds(plan_and_send, pause=PAUSE, longest=LONGEST).run()
