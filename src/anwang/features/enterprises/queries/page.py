"""One enterprise, 一企一档: its facts, its dated history, its risk points and why it has its grade."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext

from anwang.domain.base import Grade, Reason
from anwang.domain.risk import GradeResult, RiskFacts, grade_point
from anwang.features.policies import queries as policies
from anwang.web.reasons import words

from ..models import Change, Enterprise, GradeFact, PlaceFact, PlaceMethod, RiskPoint, Status, StatusFact
from .edits import reason_of
from .previews import paths
from .risk import Point, points_now


@dataclass(frozen=True, slots=True)
class PointLine:
    """A risk point with its facts of now, what it is graded, and since when."""

    point: Point
    facts: RiskFacts
    result: GradeResult


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the history."""

    start: date
    end: date | None
    title: str
    note: str
    by: str
    tone: str = ""


def point_lines(enterprise_id: int, on: date) -> list[PointLine]:
    """The risk points of now, the worst first."""
    rules = policies.current().grading(on)
    found = [PointLine(p, f, grade_point(f, rules)) for p, f in points_now([enterprise_id]).get(enterprise_id, [])]
    return sorted(found, key=lambda line: (line.result.grade.rank, line.point.id))


def point_line(enterprise_id: int, point_id: int, on: date) -> PointLine | None:
    """One risk point of now."""
    return next((line for line in point_lines(enterprise_id, on) if line.point.id == point_id), None)


def grade_now(enterprise_id: int, **beside: Any) -> GradeFact | None:
    """The grade in force with its reasons and override; `beside` are expressions that are read in the same query."""
    return GradeFact.objects.filter(enterprise_id=enterprise_id, valid_to=None).annotate(**beside).first()


def reasons(fact: GradeFact | None) -> list[Reason]:
    """The items of 附件6 that fired."""
    return [reason_of(item) for item in fact.items] if fact else []


def history(enterprise_id: int) -> list[Event]:
    """Status, place and grade as they changed, the latest first; corrections of the same day are not shown."""
    own: dict[str, Any] = {"enterprise_id": enterprise_id}
    places = list(PlaceFact.objects.filter(**own))
    called = paths(row.place for row in places)
    events = [
        Event(*_span(row), gettext(Status(row.status).label), row.reason, row.recorded_by, _TONES[row.status])
        for row in StatusFact.objects.filter(**own)
    ]
    events += [Event(*_span(row), called.get(row.place, str(row.place)), _how(row), row.recorded_by) for row in places]
    events += [
        Event(*_span(row), gettext(Grade(row.grade).label), _why(row), row.recorded_by)
        for row in GradeFact.objects.filter(**own)
    ]
    kept = [event for event in events if event.end != event.start]
    return sorted(kept, key=lambda event: (event.start, event.end is None), reverse=True)


def _span(row: StatusFact | PlaceFact | GradeFact) -> tuple[date, date | None]:
    return row.valid_from, row.valid_to


_TONES = {Status.OPERATING.value: "green", Status.SUSPENDED.value: "grey", Status.CLOSED.value: "red"}


def _how(row: PlaceFact) -> str:
    return gettext("；").join(filter(None, (gettext(PlaceMethod(row.method).label), row.reason, row.address)))


def _why(row: GradeFact) -> str:
    said = gettext("；").join(words(reason) for reason in reasons(row))
    return gettext("；").join((row.override_reason, row.override_evidence)) if row.override_until else said


def removed_points(enterprise_id: int) -> list[RiskPoint]:
    """Risk points that are there no more, the latest first."""
    rows = RiskPoint.objects.filter(enterprise_id=enterprise_id, removed_on__isnull=False)
    return list(rows.order_by("-removed_on")[:20])


def changes_of(enterprise: Enterprise) -> list[Change]:
    """The last acts on the enterprise."""
    rows = Change.objects.filter(rows__enterprise=enterprise).order_by("-at", "-id")
    return list(rows[:10])


def place_of(enterprise: Enterprise) -> str:
    """Where it stands, from the county down."""
    return paths([enterprise.place]).get(enterprise.place, "")
