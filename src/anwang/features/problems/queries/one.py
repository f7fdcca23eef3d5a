"""One problem with its trace, and others that may be the same."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from anwang.domain.base import Actor
from anwang.domain.ladder.alike import ALIKE, likeness
from anwang.domain.ladder.rules import LadderRule
from anwang.features.grid import queries as grid
from anwang.features.policies import queries as policies

from ..models import Asked, Problem, ProblemEvent, ProblemExtension, ProblemFile, Referral
from .visible import problems_for


def events_of(row: Problem) -> list[ProblemEvent]:
    """The trace, the newest first."""
    return list(row.events.order_by("-id")[:200])


def files_of(row: Problem) -> list[ProblemFile]:
    """Photos and papers in the order in which they came."""
    return list(row.files.order_by("id")[:100])


def referrals_of(row: Problem) -> list[Referral]:
    """The departments that were asked, those without an answer first."""
    return list(row.referrals.select_related("person", "post").order_by("-ended_at", "id")[:50])


def request_of(row: Problem) -> ProblemExtension | None:
    """The request for more time that waits."""
    return row.requests.filter(state=Asked.WAITING).first() if row.decider is not None else None


def similar(enterprise: int, kind: str, *, by: Actor, on: date, limit: int = 6) -> list[Problem]:
    """Problems of the same enterprise that may be the same one: open ones and those closed of late, the same kind
    first. One query."""
    since = on - timedelta(days=policies.current().boards(on).similar_days)
    recent = Q(due__isnull=False) | Q(closed_at__date__gte=since)
    rows = list(problems_for(by).filter(recent, enterprise_id=enterprise).order_by("-id")[:30])
    return sorted(rows, key=lambda row: (row.kind != kind, row.due is None, -row.id))[:limit]


def alike(enterprise: int, title: str, *, by: Actor) -> list[Problem]:
    """Open problems of the enterprise that speak of the same in other words, the most alike first; one query."""
    rows = problems_for(by).filter(enterprise_id=enterprise, due__isnull=False).order_by("-id")[:100]
    found = [(likeness(title, row.title), row) for row in rows]
    return [row for how, row in sorted(found, key=lambda pair: -pair[0]) if how >= ALIKE][:6]


def missing(rule: LadderRule) -> list[tuple[str, str]]:
    """(code, words) of what may be missing at a level, for the choice before an escalation."""
    return [(reason.code, reason.label) for reason in rule.reasons if reason.code != "silence"]


def departments(unit: int, *, on: date) -> QuerySet[Any]:
    """Posts of departments at a unit: clerks of 科室（单位） first, then the other officials there."""
    rows = grid.posts(on=on).filter(unit=unit, enterprise_id=None).exclude(kind__endswith="_admin")
    return rows.order_by("-kind", "id")
