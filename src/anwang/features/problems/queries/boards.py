"""Boards: what waits, what I follow, a unit's problems by state, kind and age, with whoever is next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Q, QuerySet

from anwang.domain.base import Actor, gettext_noop
from anwang.domain.calendar import local_day
from anwang.domain.duties.status import Light
from anwang.domain.ladder.rules import ProblemKind
from anwang.domain.ladder.states import State
from anwang.features.grid import queries as grid

from ..models import Problem
from .ages import ages, by_age, split
from .mine import in_unit, tracked_rows, waiting_rows
from .visible import problems_for

#: Scopes of the board, in their order.
SCOPES = {
    "waiting": gettext_noop("等我办理"),
    "tracking": gettext_noop("我跟踪的"),
    "open": gettext_noop("未销号"),
    "overdue": gettext_noop("超期"),
    "listed": gettext_noop("挂牌督办"),
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
            return tracked_rows(actor)
        case "listed":
            return problems_for(actor).filter(due__isnull=False, listed_at__isnull=False)
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
    return rows.order_by("-closed_at", "-id") if asked.scope == "closed" else rows.order_by("due", "id")


def keys_of(rows: QuerySet[Problem]) -> QuerySet[Problem, int]:
    """Only the keys, in their order: an index answers alone, however long the board is."""
    return rows.values_list("id", flat=True)


def shown(keys: Iterable[int]) -> list[Problem]:
    """The problems of one page in the order of their keys, without the long texts; one query."""
    order = {key: place for place, key in enumerate(keys)}
    rows = Problem.objects.filter(id__in=list(order)).select_related("enterprise", "actor_person", "tracker")
    return sorted(rows.defer("text", "measures", "result", "listed"), key=lambda row: order[row.id])


def counts_of(actor: Actor, asked: Filters, today: date) -> dict[str, dict[str, int]]:
    """How many open ones in each state, kind and age, inside what is asked; one query."""
    rows = board(actor, Filters(asked.scope, unit=asked.unit, enterprise=asked.enterprise), today).order_by()
    counts: dict[str, dict[str, int]] = {"state": {}, "kind": {}, "age": {}, "all": {}}
    for row in rows.values("state", "kind").annotate(n=Count("*"), **by_age(today)):
        for code, n in split(row, today).items():
            _add(counts, asked, {"state": row["state"], "kind": row["kind"], "age": code}, n)
    return counts


def _add(counts: dict[str, dict[str, int]], asked: Filters, cell: dict[str, str], n: int) -> None:
    """A cell counts for each choice that the other choices leave open, and in all when all of them do."""
    meets = {name: getattr(asked, name) in ("", value) for name, value in cell.items()}
    for name, value in cell.items():
        if n and all(meets[other] for other in meets if other != name):
            counts[name][value] = counts[name].get(value, 0) + n
    if all(meets.values()):
        counts["all"]["n"] = counts["all"].get("n", 0) + n


def ageing(actor: Actor, unit: int, today: date) -> list[tuple[int, dict[str, int], int]]:
    """(unit below, how many open by age, how many late) of a unit's area; one query. Below a township: itself."""
    column = "county" if unit % 10**8 == 0 else "township"
    factor = 10**6 if column == "county" else 10**3
    rows = problems_for(actor).filter(in_unit(unit), due__isnull=False).order_by()
    late = Count("id", filter=Q(due__lt=today))
    found = rows.values(column).annotate(n=Count("*"), late=late, **by_age(today)).order_by(column)
    return [(row[column] * factor, split(row, today), row["late"]) for row in found]


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
    keys = list(keys_of(rows)[:MOST_EXPORTED])
    for start in range(0, len(keys), NAMED_AT_ONCE):
        yield from lines(shown(keys[start : start + NAMED_AT_ONCE]), today)


def facts_of(rows: QuerySet[Problem], on: date) -> list[dict[str, Any]]:
    """One by one as plain values, for the operator; at most `MOST_EXPORTED`."""
    return [
        {"id": each.row.id, "enterprise": each.row.enterprise.name, "kind": each.row.kind, "title": each.row.title,
         "state": each.row.state, "state_name": each.label, "unit": each.row.unit, "next": each.next,
         "due": each.row.due, "age": each.age, "hops": each.row.hops, "extended": each.row.extended,
         "reopened": each.row.reopened, "listed": each.row.listed_at is not None}
        for each in in_portions(rows, on)
    ]  # fmt: skip


def standing_rows(on: date) -> list[dict[str, Any]]:
    """Open problems by county, state and kind, for the operator; one query."""
    rows = Problem.objects.filter(due__isnull=False).order_by("county", "kind", "state")
    grouped = rows.values("county", "kind", "state").annotate(n=Count("id"), overdue=Count("id", filter=Q(due__lt=on)))
    return [
        {**row, "state_name": State(row["state"]).label, "kind_name": ProblemKind(row["kind"]).label} for row in grouped
    ]
