"""The plan that a person is proposed: computed when asked for, kept only when adopted."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from time import perf_counter

from django.utils.translation import gettext

from anwang.domain.base import Report
from anwang.domain.duties.rules import FORM_LABELS, Form
from anwang.domain.visits.days import Days
from anwang.domain.visits.needs import Contact, Need, Why
from anwang.domain.visits.plan import Plan, plan
from anwang.domain.visits.route import Spot, order
from anwang.features.duties import queries as duties

from . import season
from .facts import Charge, charges
from .words import Duty


@dataclass(frozen=True, slots=True)
class Stop:
    """A contact of a proposal with its enterprise."""

    enterprise: int
    name: str
    spot: Spot
    form: str
    day: date
    duties: tuple[Duty, ...]
    kept: bool

    @property
    def form_label(self) -> str:
        return FORM_LABELS[Form(self.form)]

    @property
    def on_site(self) -> bool:
        return Form(self.form) not in season.REMOTE


@dataclass(frozen=True, slots=True)
class Impossible:
    """A duty that no day can meet, and why."""

    enterprise: int
    name: str
    duty: Duty
    start: date
    due: date
    why: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """One person's plan. `contacts` equals `lower_bound`: no plan has fewer. `digest` names exactly this plan.

    `older`: duties missed before `planned_from`, which are not in the plan.
    """

    person: int
    first: date
    until: date
    enterprises: int
    stops: tuple[Stop, ...]
    impossible: tuple[Impossible, ...]
    lower_bound: int
    records: int
    older: int
    digest: str

    @property
    def contacts(self) -> int:
        return len(self.stops)

    @property
    def visits(self) -> int:
        return sum(stop.on_site for stop in self.stops)

    @property
    def days(self) -> int:
        """Days on which there is something to do."""
        return len({stop.day for stop in self.stops})


def propose(person: int, *, today: date, until: date) -> Proposal:
    """The proposal for one person until a day (inclusive)."""
    return next(propose_many([person], today=today, until=until))


def propose_many(
    people: Iterable[int], *, today: date, until: date, report: Report = lambda *_: None
) -> Iterator[Proposal]:
    """The proposals of many people, each from the same reading of the database."""
    by_person: defaultdict[int, list[Charge]] = defaultdict(list)
    wanted = list(people)
    for charge in charges(wanted, today, until):
        by_person[charge.person].append(charge)
    days = season.days_between(today, until)
    older = older_missed(wanted, today=today)
    for number, person in enumerate(wanted):
        if not number % 50:
            report(number, len(wanted), gettext("编排督导计划"))
        yield _proposal(person, by_person.get(person, []), days, older.get(person, 0))
    report(len(wanted), len(wanted), "")


def older_missed(people: Iterable[int], *, today: date) -> dict[int, int]:
    """By person: duties missed so long ago that no plan takes them up. They wait in the list of what is overdue."""
    return duties.owed_before(season.planned_from(today), people=people)


def _proposal(person: int, owned: list[Charge], days: Days, older: int) -> Proposal:
    named = {charge.firm.key: (charge.name, charge.firm.spot) for charge in owned}
    today, until = days.season.first, days.season.last
    terms = season.rules(today)
    found = plan(
        (charge.firm for charge in owned), days, stops_per_day=terms.stops_per_day, calls_per_day=terms.calls_per_day,
        near_km=terms.near_km,
    )  # fmt: skip
    stops = _routed([_stop(stop.firm, *named[stop.firm], stop.contact) for stop in found.stops])
    return Proposal(
        person, today, until, len(owned), tuple(stops), tuple(_impossible(found, named)), found.lower_bound,
        found.records, older, _digest(stops),
    )  # fmt: skip


def _stop(firm: int, name: str, spot: Spot, contact: Contact) -> Stop:
    return Stop(firm, name, spot, contact.form, contact.day, tuple(map(_duty, contact.meets)), contact.kept)


def _duty(need: Need) -> Duty:
    return Duty(need.rule, str(need.key[1]), need.start, need.late)


def _impossible(found: Plan, named: dict[int, tuple[str, Spot]]) -> Iterator[Impossible]:
    for firm, missed in found.missed:
        need = missed.need
        yield Impossible(firm, named[firm][0], _duty(need), need.start, need.due, Why(missed.why).label)


def _routed(stops: list[Stop]) -> list[Stop]:
    """By day; visits of a day in the order of their route, calls after them."""
    by_day: defaultdict[tuple[date, bool], list[Stop]] = defaultdict(list)
    for stop in stops:
        by_day[stop.day, not stop.on_site].append(stop)
    found = []
    for _, group in sorted(by_day.items()):
        found += [group[i] for i in order([stop.spot for stop in group])]
    return found


def _digest(stops: list[Stop]) -> str:
    text = repr([(s.enterprise, s.form, s.day, sorted((d.rule, d.period) for d in s.duties)) for s in stops])
    return hashlib.sha256(text.encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Summary:
    """The figures of many proposals."""

    persons: int
    enterprises: int
    records: int
    contacts: int
    lower_bound: int
    impossible: int
    older: int
    days: int
    seconds: float


def summarise(
    people: Iterable[int], *, today: date, until: date, report: Report = lambda *_: None
) -> tuple[Summary, list[Proposal]]:
    """Plan many people; proposals without stops are left out of the list."""
    began = perf_counter()
    found = list(propose_many(people, today=today, until=until, report=report))
    busy = [each for each in found if each.enterprises]
    return Summary(
        len(busy), sum(p.enterprises for p in busy), sum(p.records for p in busy), sum(p.contacts for p in busy),
        sum(p.lower_bound for p in busy), sum(len(p.impossible) for p in busy), sum(p.older for p in found),
        sum(p.days for p in busy),
        round(perf_counter() - began, 2),
    ), busy  # fmt: skip
