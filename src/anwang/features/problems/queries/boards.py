"""Boards: what waits, what I follow, a unit's problems by state, kind and age, with whoever is next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, F, Q, QuerySet

from anwang.domain.base import Actor, gettext_noop
from anwang.domain.calendar import local_day
from anwang.domain.duties.status import Light
from anwang.domain.ladder.rules import ProblemKind
from anwang.domain.ladder.states import State
from anwang.features.grid import queries as grid

from ..models import Problem
from .ages import age_case, ages
from .mine import in_unit, waiting_rows
from .visible import problems_for

#: Scopes of the board, in their order.
SCOPES = {
    "waiting": gettext_noop("等我办理"),
    "tracking": gettext_noop("我跟踪的"),
    "open": gettext_noop("未销号"),
    "overdue": gettext_noop("超期"),
    "closed": gettext_noop("已结束"),
}
MOST_EXPORTED = 50_000
NAMED_AT_ONCE = 800


@dataclass(frozen=True, slots=True)
class Filters:
    """What the address narrows a board to."""

    scope: str = "open"
    state: str = ""
    kind: str = ""
    age: str = ""
    unit: int | None = None
    enterprise: int | None = None

    def words(self, **changed: Any) -> str:
        """As an address, with some of it changed."""
        parts = {"scope": self.scope, "state": self.state, "kind": self.kind, "age": self.age, "unit": self.unit,
                 "enterprise": self.enterprise, **changed}  # fmt: skip
        return "?" + urlencode({name: value for name, value in parts.items() if value})


@dataclass(frozen=True, slots=True)
class Line:
    """A problem on a day: whose turn it is in words, its dot, its age from the first report."""

    row: Problem
    next: str
    unit: str
    light: Light
    label: str
    days: int
    age: int


def _scoped(actor: Actor, scope: str, today: date) -> QuerySet[Problem]:
    match scope:
        case "waiting":
            return waiting_rows(actor)
        case "tracking":
            return Problem.objects.filter(tracker_id=actor.person_id or 0, due__isnull=False)
        case "overdue":
            return problems_for(actor).filter(due__lt=today)
        case "closed":
            return problems_for(actor).filter(due__isnull=True)
    return problems_for(actor).filter(due__isnull=False)


def board(actor: Actor, asked: Filters, today: date) -> QuerySet[Problem]:
    """The rows of a board: the next day first, what has ended newest first."""
    rows = _scoped(actor, asked.scope, today)
    if asked.state:
        rows = rows.filter(state=asked.state)
    if asked.kind:
        rows = rows.filter(kind=asked.kind)
    for age in ages(today):
        rows = rows.filter(age.reported(today)) if age.code == asked.age else rows
    if asked.unit:
        rows = rows.filter(in_unit(asked.unit))
    if asked.enterprise:
        rows = rows.filter(enterprise_id=asked.enterprise)
    rows = rows.select_related("enterprise", "actor_person", "tracker")
    return rows.order_by("-closed_at", "-id") if asked.scope == "closed" else rows.order_by("due", "id")


def counts_of(actor: Actor, asked: Filters, today: date) -> dict[str, dict[str, int]]:
    """How many open ones in each state, kind and age, inside what is asked; one query."""
    rows = board(actor, Filters(asked.scope, unit=asked.unit, enterprise=asked.enterprise), today)
    found = rows.select_related(None).order_by().annotate(age=age_case(today)).values_list("state", "kind", "age")
    counts: dict[str, dict[str, int]] = {"state": {}, "kind": {}, "age": {}, "all": {}}
    for state, kind, code, n in found.annotate(n=Count("id")):
        narrowed = {"state": state, "kind": kind, "age": code}
        for name, value in narrowed.items():
            others = [other for other in narrowed if other != name and getattr(asked, other)]
            if all(narrowed[other] == getattr(asked, other) for other in others):
                counts[name][value] = counts[name].get(value, 0) + n
        if all(not getattr(asked, name) or getattr(asked, name) == value for name, value in narrowed.items()):
            counts["all"]["n"] = counts["all"].get("n", 0) + n
    return counts


def ageing(actor: Actor, unit: int, today: date) -> list[tuple[int, dict[str, int], int]]:
    """(unit below, how many open by age, how many late) of a unit's area; one query. Below a township: itself."""
    column = "county" if unit % 10**8 == 0 else "township"
    factor = 10**6 if column == "county" else 10**3
    rows = problems_for(actor).filter(in_unit(unit), due__isnull=False).order_by()
    found: dict[int, dict[str, int]] = {}
    late: dict[int, int] = {}
    grouped = rows.annotate(age=age_case(today), under=F(column)).values_list("under", "age")
    for under, code, n, over in grouped.annotate(n=Count("id"), over=Count("id", filter=Q(due__lt=today))):
        key = under * factor
        found.setdefault(key, {})[code] = found.get(key, {}).get(code, 0) + n
        late[key] = late.get(key, 0) + over
    return [(key, found[key], late[key]) for key in sorted(found)]


def line(row: Problem, today: date, names: dict[int, str], leaders: dict[int, str]) -> Line:
    """How one problem stands on a day."""
    age = (today if row.due else local_day(row.closed_at or row.reported_at)) - local_day(row.reported_at)
    unit = names.get(row.unit, "")
    if row.due is None:
        return Line(row, "", unit, Light.GREEN if row.state == State.CLOSED else Light.GREY,
                    row.get_state_display(), 0, age.days)  # fmt: skip
    days = (row.due - today).days
    light = Light.RED if days < 0 else Light.YELLOW if days <= 1 else Light.GREY
    return Line(row, _next(row, unit, leaders.get(row.unit, "")), unit, light, row.get_state_display(), days, age.days)


def _next(row: Problem, unit: str, leader: str) -> str:
    if row.actor_person is not None:
        return row.actor_person.name
    return row.enterprise.name if row.part == "enterprise" else f"{unit} {leader}".strip()


def lines(rows: Iterable[Problem], today: date) -> list[Line]:
    """Problems with the names of their units and of who leads those that are next; two queries for any number."""
    found = list(rows)
    names = grid.names({row.unit for row in found}) if found else {}
    led = grid.leaders({row.actor_unit for row in found if row.actor_unit}, on=today) if found else {}
    leaders = {unit: rows_[0].post.person.name for unit, rows_ in led.items()}
    return [line(row, today, names, leaders) for row in found]


def in_portions(rows: QuerySet[Problem], today: date) -> Iterator[Line]:
    """Lines for a workbook, read as they are written; at most `MOST_EXPORTED`."""
    portion: list[Problem] = []
    for row in rows[:MOST_EXPORTED].iterator(chunk_size=NAMED_AT_ONCE):
        portion.append(row)
        if len(portion) == NAMED_AT_ONCE:
            yield from lines(portion, today)
            portion = []
    yield from lines(portion, today)


def standing_rows(on: date) -> list[dict[str, Any]]:
    """Open problems by county, state and kind, for the operator; one query."""
    rows = Problem.objects.filter(due__isnull=False).order_by("county", "kind", "state")
    grouped = rows.values("county", "kind", "state").annotate(n=Count("id"), overdue=Count("id", filter=Q(due__lt=on)))
    return [
        {**row, "state_name": State(row["state"]).label, "kind_name": ProblemKind(row["kind"]).label} for row in grouped
    ]
