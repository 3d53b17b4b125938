"""The exchange with 12345 by the API (12345对接): orders in, answers out; docs/howto/hotline.md tells both sides."""

from datetime import UTC, datetime
from typing import Annotated

from django.http import HttpResponse
from django.utils import timezone
from dmr import Body, Query, validate
from msgspec import Meta, Struct

from shouwang.flows.hotline_answers import hotline_answers
from shouwang.flows.hotline_orders import MOST, OrderRow, take_orders

from .desk import Desk, answers
from .shapes import Given

Short = Annotated[str, Meta(max_length=120)]


class OrderGiven(Given):
    """An order as 12345 sends it; days are 2026-11-05, an area is its code or its whole name."""

    order: Annotated[str, Meta(max_length=50)]
    received_on: Annotated[str, Meta(max_length=20)]
    area: Short
    content: Annotated[str, Meta(max_length=500)]
    reply_due_on: Annotated[str, Meta(max_length=20)] = ""
    kind: Short = ""
    place: Short = ""
    openness: Annotated[str, Meta(max_length=20)] = ""
    caller_name: Annotated[str, Meta(max_length=60)] = ""
    caller_phone: Annotated[str, Meta(max_length=40)] = ""
    satisfied: Annotated[str, Meta(max_length=10)] = ""


class OrdersGiven(Given):
    """Some orders; each stands for itself."""

    orders: Annotated[list[OrderGiven], Meta(min_length=1, max_length=MOST)]


class OrderTaken(Struct, frozen=True):
    """An order that is here: `how` is new, changed or same; `code` is its case's."""

    order: str
    how: str
    code: str


class OrderRefused(Struct, frozen=True):
    """An order that could not be taken, with every reason by its column; `number` is its place, from 1."""

    number: int
    order: str
    faults: dict[str, str]


class OrdersTaken(Struct, frozen=True):
    taken: list[OrderTaken]
    refused: list[OrderRefused]


class Since(Struct, frozen=True, kw_only=True):
    """`since` is the position the answer before gave; -1 from the beginning."""

    since: Annotated[int, Meta(ge=-1, le=2**53)] = -1
    language: Annotated[str, Meta(max_length=20)] = ""


class OrderAnswered(Struct, frozen=True):
    """An order as it stands; `in_time` is null while nobody can say."""

    order: str
    code: str
    state: str
    received_at: datetime
    due_at: datetime | None
    answered_at: datetime | None
    in_time: bool | None
    answer: str
    interim: str
    satisfied: bool | None


class AnswersTold(Struct, frozen=True):
    """What moved since; ask again with `position`, at once while there is `more`."""

    answers: list[OrderAnswered]
    position: int
    more: bool


class HotlineOrders(Desk):
    """Orders of 12345."""

    @validate(*answers(OrdersTaken, no=(403,)))
    def post(self, parsed_body: Body[OrdersGiven]) -> HttpResponse:
        """Take orders: each is a case, whether it comes once or ten times; refused ones come back with reasons."""
        given = parsed_body.orders
        rows = [
            OrderRow(number=n, cells={name: getattr(one, name) for name in one.__struct_fields__})
            for n, one in enumerate(given, 1)
        ]
        done = take_orders(self.actor, rows, now=timezone.now())
        how = {"new": done.new, "changed": done.changed, "same": done.same}
        taken = [OrderTaken(given[n - 1].order, name, code) for name, kept in how.items() for n, code in kept.items()]
        refused = [OrderRefused(n, given[n - 1].order, dict(faults)) for n, faults in done.refused.items()]
        return self.answer(OrdersTaken(taken, refused))


class HotlineAnswers(Desk):
    """Answers to orders of 12345."""

    @validate(*answers(AnswersTold, no=(403,)))
    def get(self, parsed_query: Query[Since]) -> HttpResponse:
        """Orders that moved since a position, due and answered."""
        found = hotline_answers(self.actor, since=parsed_query.since, now=timezone.now())
        told = [
            OrderAnswered(
                one.order, one.code, one.state, one.received_at.astimezone(UTC), _utc(one.due_at),
                _utc(one.answered_at), one.in_time, one.words, one.interim,
                one.satisfied,
            )
            for one in found.rows
        ]  # fmt: skip
        return self.answer(AnswersTold(told, found.position, found.more))


def _utc(at: datetime | None) -> datetime | None:
    return at.astimezone(UTC) if at else None
