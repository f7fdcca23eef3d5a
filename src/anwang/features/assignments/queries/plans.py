"""Reading plans: the list, one plan with its lines, what it changes, where it stands (二.2)."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from anwang.domain.base import Actor
from anwang.domain.grid.codes import unit_range
from anwang.features.grid.queries import within

from ..models import Plan


def plans(actor: Actor, *, unit: int | None = None) -> QuerySet[Plan]:
    """Plans for units inside the actor's territory, newest first."""
    rows = within(Plan.objects.defer("prices", "faults", "seen"), actor, place="unit").order_by("-created_at", "-id")
    if unit is None:
        return rows
    low, high = unit_range(unit)
    return rows.filter(unit__gte=low, unit__lt=high)


def plan_for(actor: Actor, plan_id: int) -> Plan | None:
    """One plan inside the territory."""
    return within(Plan.objects.defer("prices"), actor, place="unit").filter(id=plan_id).first()


def plan_facts(plan: Plan) -> dict[str, Any]:
    """A line of the list for programs."""
    figures = {name: plan.summary.get(name) for name in ("enterprises", "objective", "gap", "without_lead", "moved")}
    return {
        "plan": plan.id, "unit": f"{plan.unit:012d}", "on": plan.on.isoformat(), "state": plan.state,
        "keep": plan.keep, "created_at": plan.created_at.isoformat(), "created_by": plan.created_by, **figures,
    }  # fmt: skip
