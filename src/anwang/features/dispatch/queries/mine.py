"""My tasks, and what waits for my decision (附件4.8)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet, Window

from anwang.domain.base import Actor, gettext_noop
from anwang.domain.duties.status import Light
from anwang.domain.tasks.extension import Asked
from anwang.domain.tasks.states import IN_HAND, OPEN, State
from anwang.features.grid import queries as grid
from anwang.features.policies import queries as policies

from ..models import Extension, Receipt
from .visible import LINE

#: The tabs of my tasks, in their order.
TABS = {
    "todo": gettext_noop("要办的"),
    "handed": gettext_noop("已转办"),
    "returned": gettext_noop("已退回"),
    "ended": gettext_noop("已结束"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A receipt on one day, with its dot and words. `days` to its last day, negative when past."""

    row: Receipt
    days: int
    light: Light
    label: str
    unit: str = ""
    from_unit: str = ""

    @property
    def state(self) -> State:
        return State(self.row.state)

    @property
    def overdue(self) -> bool:
        return self.light is Light.RED


OVERDUE, SOON, LATE = gettext_noop("已逾期"), gettext_noop("即将到期"), gettext_noop("逾期办结")


def line(row: Receipt, day: date, names: dict[int, str] | None = None) -> Line:
    """How one receipt stands on a day."""
    state, days, names = State(row.state), (row.due - day).days, names or {}
    soon = policies.current().reminders(day).task_days
    light, label = _look(row, state, days, soon)
    return Line(row, days, light, label, names.get(row.unit, ""), names.get(row.from_unit, ""))


def _look(row: Receipt, state: State, days: int, soon: int) -> tuple[Light, str]:
    if state is State.DONE:
        return (Light.YELLOW, LATE) if row.late else (Light.GREEN, state.label)
    if state not in OPEN:
        return Light.GREY, state.label
    if days < 0:
        return Light.RED, OVERDUE
    if state is State.RETURNED:
        return Light.YELLOW, state.label
    return (Light.YELLOW, SOON) if days < soon else (Light.GREY, state.label)


def lines(rows: Iterable[Receipt], day: date) -> list[Line]:
    """Receipts with the names of their units; one query for any number of them."""
    found = list(rows)
    names = grid.names({row.unit for row in found} | {row.from_unit for row in found}) if found else {}
    return [line(row, day, names) for row in found]


def held_by(actor: Actor) -> Q:
    """Handed to the person, or to the unit of which the actor is leader or office."""
    mine = Q(person_id=actor.person_id) if actor.person_id else Q(pk=None)
    return mine | Q(as_unit=True, unit=actor.unit or 0) if actor.has(*LINE) else mine


def in_tab(tab: str) -> Q:
    """The rows of a tab. What was taken back or replaced is nobody's any more and shows under 已结束."""
    match tab:
        case "handed":
            return Q(state=State.HANDED)
        case "returned":
            return Q(state=State.RETURNED)
        case "ended":
            return ~Q(state__in=OPEN)
    return Q(state__in=IN_HAND)


def mine(actor: Actor, tab: str) -> QuerySet[Receipt]:
    """My receipts of a tab: the next deadline first, what has ended newest first."""
    rows = Receipt.objects.filter(held_by(actor), in_tab(tab)).select_related("task", "person")
    return rows.order_by("-ended_at", "-id") if tab == "ended" else rows.order_by("due", "id")


def my_counts(actor: Actor) -> dict[str, int]:
    """How many there are in each tab; one query."""
    counts: dict[str, int] = Receipt.objects.filter(held_by(actor)).aggregate(
        **{tab: Count("id", filter=in_tab(tab)) for tab in TABS}
    )
    return counts


def open_tasks(actor: Actor, day: date, *, limit: int = 3) -> tuple[int, list[Line]]:
    """For the first page: how many tasks I have in hand, and those with the next deadlines. One query."""
    rows = Receipt.objects.filter(held_by(actor), state__in=IN_HAND).select_related("task")
    found = list(rows.annotate(n=Window(Count("id"))).order_by("due", "id")[:limit])
    return (found[0].n if found else 0), [line(row, day) for row in found]  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something that waits for the actor's decision: a returned receipt, or a request for more time."""

    receipt: Receipt
    asked: Extension | None = None

    @property
    def reason(self) -> str:
        return self.asked.reason if self.asked else self.receipt.back_reason


def returned_to(actor: Actor) -> QuerySet[Receipt]:
    """Receipts that came back to the actor."""
    mine = Q(from_person_id=actor.person_id) if actor.person_id else Q(pk=None)
    mine = mine | Q(from_unit=actor.unit or 0) if actor.has(*LINE) else mine
    return Receipt.objects.filter(mine, state=State.RETURNED).select_related("task", "person").order_by("due", "id")


def asked_of(actor: Actor) -> QuerySet[Extension]:
    """Requests for more time that the actor decides: as sender inside the own deadline, as issuer beyond it."""
    person, unit = actor.person_id, (actor.unit or 0) if actor.has(*LINE) else 0
    sender = Q(receipt__from_person_id=person) if person else Q(pk=None)
    owner = Q(receipt__task__person_id=person) if person else Q(pk=None)
    sender, owner = sender | Q(receipt__from_unit=unit), owner | Q(receipt__task__unit=unit)
    rows = Extension.objects.filter((Q(beyond=False) & sender) | (Q(beyond=True) & owner), state=Asked.WAITING)
    return rows.select_related("receipt__task", "receipt__person").order_by("receipt__due", "id")


def asked_for(receipt: Receipt) -> Extension | None:
    """The request for more time that waits on a receipt."""
    return receipt.extensions.filter(state=Asked.WAITING).first() if receipt.state in OPEN else None


def to_decide(actor: Actor, *, limit: int = 3) -> tuple[int, list[Waiting]]:
    """For the first page: how many decisions wait for me, and the first of them. Two queries."""
    returned = list(returned_to(actor).annotate(n=Window(Count("id")))[:limit])
    asked = list(asked_of(actor).annotate(n=Window(Count("id")))[:limit])
    count = sum(rows[0].n for rows in (returned, asked) if rows)  # type: ignore[attr-defined]
    found = [Waiting(row) for row in returned] + [Waiting(each.receipt, each) for each in asked]
    return count, found[:limit]
