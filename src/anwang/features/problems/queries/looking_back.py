"""Problems of an enterprise with what happened to each, and the pictures of it, for looking back (B2)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Q

from anwang.domain.base import Actor

from ..models import Problem, ProblemFile
from .visible import problems_for


@dataclass(frozen=True, slots=True)
class Happening:
    """One event of a problem; `kind` is one of `KINDS`."""

    kind: str
    at: datetime
    by: str
    text: str


@dataclass(slots=True)
class ProblemTrace:
    """One problem; state, day and follower as the row says now."""

    id: int
    kind: str
    title: str
    found: date
    reported: datetime
    state: str
    due: date | None
    tracker: str | None
    events: dict[int, Happening] = field(default_factory=dict)


_COLUMNS = ("id", "kind", "title", "found_on", "reported_at", "state", "due", "tracker__name")
_EVENT = ("id", "kind", "at", "by", "text")


def problem_traces(enterprise: int, first: date, last: date, *, by: Actor) -> list[ProblemTrace]:
    """The problems of an enterprise that the actor may see, found by `last` and open or acted on since `first`, with
    everything that happened; one query."""
    since = Q(due__isnull=False) | Q(events__at__date__gte=first)
    wanted = problems_for(by).filter(since, enterprise_id=enterprise, found_on__lte=last).order_by().values("id")
    rows = Problem.objects.filter(id__in=wanted).order_by("found_on", "id", "events__id")
    found: dict[int, ProblemTrace] = {}
    for row in rows.values_list(*_COLUMNS, *(f"events__{name}" for name in _EVENT)):
        problem = found.setdefault(row[0], ProblemTrace(*row[:8]))
        if row[8] is not None:
            problem.events[row[8]] = Happening(*row[9:])
    return list(found.values())


def followed(person: int, enterprises: Iterable[int]) -> list[Problem]:
    """The open problems of enterprises that a person follows, the nearest day first; one query."""
    rows = Problem.objects.filter(tracker_id=person, enterprise_id__in=list(enterprises), due__isnull=False)
    return list(rows.select_related("enterprise").order_by("due", "id"))


def evidence(problems: Iterable[int]) -> list[Any]:
    """The files of problems that `problem_traces` gave, in the order in which they came; one query."""
    rows = ProblemFile.objects.filter(problem_id__in=list(problems)).order_by("problem_id", "id")
    return list(rows.only("problem_id", "stage", "name", "path", "kind", "digest", "by", "at"))
