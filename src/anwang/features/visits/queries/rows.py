"""Visits and calls that are to come, as screens, calendars and other features show them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from anwang.domain.base import Actor
from anwang.domain.calendar import local_day
from anwang.domain.duties.rules import FORM_LABELS, Form
from anwang.domain.visits.route import Spot, order
from anwang.features.duties import queries as duties
from anwang.features.duties.queries.unsettled import settled as settled_duties
from anwang.features.grid.queries import within_facts

from ..models import OPEN_STATES, Half, Member, State, Visit
from . import season
from .words import Duty, duties_of

REMOTE = tuple(form.value for form in season.REMOTE)
ON_SITE = ~Q(form__in=REMOTE)


@dataclass(frozen=True, slots=True)
class VisitRow:
    """A visit as a screen shows it; `done` when a record near its day closed it or its duties are met otherwise."""

    id: int
    enterprise_id: int
    enterprise: str
    spot: Spot
    address: str
    person_id: int
    person: str
    form: str
    day: date
    half: str
    duties: tuple[Duty, ...]
    purpose: str
    party: int
    state: State
    reason: str
    done: bool
    members: tuple[str, ...] = ()

    @property
    def on_site(self) -> bool:
        return self.form not in REMOTE

    @property
    def open(self) -> bool:
        return self.state in OPEN_STATES and not self.done

    @property
    def form_label(self) -> str:
        return FORM_LABELS[Form(self.form)]

    @property
    def half_label(self) -> str:
        return str(Half(self.half).label)

    @property
    def state_label(self) -> str:
        return str(State.DONE.label if self.done else self.state.label)

    @property
    def light(self) -> str:
        """Green done, yellow announced and near, grey otherwise."""
        if self.done or self.state == State.DONE:
            return "green"
        return "yellow" if self.state == State.ANNOUNCED else "grey"

    @property
    def rules(self) -> tuple[str, ...]:
        return tuple(duty.rule for duty in self.duties)


def shown(rows: Iterable[Visit], *, brief: bool = False) -> list[VisitRow]:
    """Visits with their words: at most three queries more. Rows carry enterprise and person.

    `brief`: one query more; who comes along is left out, and only duties that are met close a visit.
    """
    found = list(rows)
    members = {} if brief else _members(row.id for row in found)
    met = _met([row for row in found if row.state in OPEN_STATES], brief=brief)
    return [_row(row, row.id in met, members.get(row.id, ())) for row in found]


def _row(row: Visit, met: bool, members: tuple[str, ...]) -> VisitRow:
    firm = row.enterprise
    point = None if firm.longitude is None or firm.latitude is None else (firm.longitude, firm.latitude)
    return VisitRow(
        row.id, row.enterprise_id, firm.name, Spot(firm.place, point), firm.address, row.person_id, row.person.name,
        row.form, row.day, row.half, duties_of(row.duties, row.day), row.purpose, row.party, State(row.state),
        row.reason, met, members,
    )  # fmt: skip


def _members(ids: Iterable[int]) -> dict[int, tuple[str, ...]]:
    found: dict[int, tuple[str, ...]] = {}
    wanted = list(ids)
    for key, name in Member.objects.filter(visit_id__in=wanted).values_list("visit_id", "person__name").order_by("id"):
        found[key] = (*found.get(key, ()), name)
    return found


def _met(rows: Sequence[Visit], *, brief: bool = False) -> set[int]:
    """Which of the open visits are done: somebody was there near the day, or all that it was to meet is met."""
    if not rows:
        return set()
    firms = {row.enterprise_id for row in rows}
    near_of = {row.day: timedelta(days=season.rules(row.day).held_within_days) for row in rows}
    first = min(day - near for day, near in near_of.items())
    last = max(day + near for day, near in near_of.items())
    been = {} if brief else duties.site_visits(firms, first, last)
    settled = settled_duties(firms, {period for row in rows for _, period in row.duties})
    found = set()
    for row in rows:
        days = [each.day for each in been.get(row.enterprise_id, ()) if each.person == row.person_id]
        # A record from before the plan is what the plan came after, not what came of it.
        since = local_day(row.created_at)
        near = [day for day in days if abs(day - row.day) <= near_of[row.day] and (day > since or day == row.day)]
        was_there = row.form not in REMOTE and bool(near)
        met = bool(row.duties) and all((row.enterprise_id, rule, period) in settled for rule, period in row.duties)
        if was_there or met:
            found.add(row.id)
    return found


def with_names(rows: QuerySet[Visit]) -> QuerySet[Visit]:
    """With enterprise and person."""
    return rows.select_related("enterprise", "person")


def own(person: int) -> Q:
    """A person's visits, and those where the person comes along."""
    return Q(person_id=person) | Q(Exists(Member.objects.filter(visit_id=OuterRef("pk"), person_id=person)))


def of_person(person: int, *, first: date, last: date) -> QuerySet[Visit]:
    """What a person has planned on the days `first` to `last`, in the order of days."""
    rows = Visit.objects.filter(own(person), state__in=OPEN_STATES, day__gte=first, day__lte=last)
    return with_names(rows).order_by("day", "form", "enterprise__place", "id")


def planned_days(person: int, *, first: date, last: date) -> list[date]:
    """The day of each visit and call that a person has planned: two columns for counting."""
    return list(of_person(person, first=first, last=last).values_list("day", flat=True))


def of_month(person: int, month: str, *, today: date) -> QuerySet[Visit]:
    """What is planned from today on in a month, `2026-12`."""
    first = date.fromisoformat(f"{month}-01")
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return of_person(person, first=max(first, today), last=last)


def upcoming(person: int, *, today: date, until: date | None = None, limit: int = 3) -> list[VisitRow]:
    """The next visits and calls of a person that are still to be made, for the first page and for calendars.

    Two queries; those whose duties are met are left out.
    """
    rows = of_person(person, first=today, last=until or today + season.LONGEST)
    return [row for row in shown(rows[: limit * 3], brief=True) if row.open][:limit]


def upcoming_of(enterprise: int, *, today: date, limit: int = 3) -> list[VisitRow]:
    """The next announced visits of an enterprise, whoever comes: what its principal may know. Two queries.

    Its whole page (`limit` above 3) names those who come along too.
    """
    rows = Visit.objects.filter(ON_SITE, enterprise_id=enterprise, state=State.ANNOUNCED, day__gte=today)
    return [row for row in shown(with_names(rows).order_by("day", "id")[:limit], brief=limit <= 3) if row.open]


def visits_of(enterprise: int, *, first: date, last: date) -> QuerySet[Visit]:
    """All visits on site to an enterprise that stand on some days."""
    rows = Visit.objects.filter(ON_SITE, enterprise_id=enterprise, state__in=OPEN_STATES, day__range=(first, last))
    return with_names(rows).order_by("day", "id")


def in_unit(*, by: Actor, first: date, last: date) -> QuerySet[Visit]:
    """The visits on site of a territory that stand on some days."""
    rows = Visit.objects.filter(ON_SITE, state__in=OPEN_STATES, day__range=(first, last))
    return with_names(within_facts(rows, by)).order_by("day", "enterprise__place", "id")


def find(visit_id: int, *, by: Actor) -> Visit | None:
    """One visit: one's own, of one's territory, or of one's enterprise once it is announced."""
    rows = with_names(Visit.objects.filter(id=visit_id))
    if by.person_id is not None and (row := rows.filter(own(by.person_id)).first()):
        return row
    row = within_facts(rows, by).first()
    return row if row is None or by.territory.ranges or row.announced_at else None


def routed(rows: Sequence[VisitRow]) -> list[VisitRow]:
    """A day's visits in the order of their route, its calls after them."""
    visits = [row for row in rows if row.on_site]
    calls = [row for row in rows if not row.on_site]
    return [visits[i] for i in order([row.spot for row in visits])] + calls


def any_stand(person: int, today: date) -> bool:
    """Whether a person has anything planned from today on."""
    return Visit.objects.filter(person_id=person, state__in=OPEN_STATES, day__gte=today).exists()


def counts_of(enterprise: int, day: date, *, but: Any = None) -> tuple[int, int]:
    """(visits on a day, visits in its month) of an enterprise, all supervisors together: those that stand, and the
    days on which somebody was there. `but` a visit's key is not counted."""
    first = day.replace(day=1)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    rows = visits_of(enterprise, first=first, last=last).exclude(id=but)
    days = [row.day for row in rows]
    been = {each.day for each in duties.site_visits([enterprise], first, last).get(enterprise, ())}
    stand = [each for each in days if each not in been]
    return stand.count(day) + (day in been), len(stand) + len(been)


def without_plan(people: Iterable[int], *, today: date) -> list[int]:
    """Those of the people who have nothing planned from today on."""
    rows = Visit.objects.filter(state__in=OPEN_STATES, day__gte=today, adoption__isnull=False)
    busy = set(rows.values_list("person_id", flat=True))
    return [person for person in people if person not in busy]
