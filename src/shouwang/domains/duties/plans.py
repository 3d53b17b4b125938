"""Yearly plans (年度计划): written, handed in, approved or sent back, replaced by a new version; one line each."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from shouwang.domains.ledger.acts import before, keep
from shouwang.domains.ledger.events import evidence
from shouwang.domains.ledger.minting import mint, salt
from shouwang.kernel.codes import county_of

from .acting import About, By, clause_of, notice
from .events import PLAN_APPROVED
from .models import Plan

WRITTEN = ("state", "items", "hands", "answer", "approved_by", "approved_post", "approved_at", "revision")


def start_plan(
    region: str,
    year: int,
    items: Sequence[Mapping[str, Any]],
    *,
    version: int,
    reason: str,
    above: UUID | None,
    by: By,
) -> Plan:
    """A draft. Raises IntegrityError when there is one already."""
    plan = Plan(
        id=mint(by.at),
        county=county_of(region),
        region=region,
        salt=salt(),
        year=year,
        version=version,
        state="draft",
        items=list(items),
        hands=[str(by.actor)],
        reason=reason,
        above=above,
        made_at=by.at,
    )
    keep(by.act("start_plan", region=region, clause=clause_of("duties.plan")), subject=plan)
    return plan


def change_plan(plan: Plan, name: str, *, by: By, told: Iterable[UUID] = (), **values: Any) -> None:
    """One act on a plan that is not approved; `told` are told of it. Raises Stale when somebody was first."""
    earlier = before(plan, "revision", "state")
    plan.revision += 1
    for field, value in values.items():
        setattr(plan, field, value)
    if name == "write_plan" and str(by.actor) not in plan.hands:
        plan.hands = [*plan.hands, str(by.actor)]
    about = About(region=plan.region, period=str(plan.year), subject=plan.id)
    event = mint(by.at)
    keep(
        by.act(name, region=plan.region, clause=clause_of("duties.plan")),
        subject=plan,
        changed=(earlier, WRITTEN),
        enclosed=[_approved(plan, by.at)] if name == "approve_plan" else [],
        also=[notice(name, event=event, recipient=who, about=about, at=by.at) for who in sorted(set(told))],
    )


def plan(county: str, id: UUID) -> Plan | None:  # noqa: A002
    return Plan.objects.filter(county=county, id=id).first()


def versions(region: str, year: int) -> list[Plan]:
    """All versions of a body's plan for a year, the newest first."""
    rows = Plan.objects.filter(county=county_of(region), region=region, year=year)
    return list(rows.order_by("-version"))


def in_force(region: str, year: int) -> Plan | None:
    """The newest approved version."""
    rows = Plan.objects.filter(county=county_of(region), region=region, year=year, state="approved")
    return rows.order_by("-version").first()


def newest_of(county: str, regions: Sequence[str], year: int) -> dict[str, Plan]:
    """The newest version of several bodies of one county, in one statement."""
    rows = Plan.objects.filter(county=county, year=year, region__in=regions).order_by("region", "version")
    return {row.region: row for row in rows}


def _approved(row: Plan, at: datetime) -> Any:
    """A plan says which year it is for, so that one approved in December counts for the year to come."""
    handed = sum(1 for item in row.items if item["person"] or item["below"])
    facts = {"year": row.year, "version": row.version, "period": str(row.year), "handed": handed}
    return evidence(PLAN_APPROVED, subject=row.id, region=row.region, room="duties", at=at, facts=facts)
