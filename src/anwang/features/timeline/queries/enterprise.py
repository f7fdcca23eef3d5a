"""An enterprise on any day: who was responsible, what was due, what was done, what was known (B2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from anwang.domain.base import Actor
from anwang.domain.grid.codes import ancestors
from anwang.domain.timeline.known import Event, Span, end_of, seen_on
from anwang.features.assignments import queries as assignments
from anwang.features.assignments.queries import Bond
from anwang.features.duties import queries as duties
from anwang.features.duties.queries import DutyTrace, RecordTrace
from anwang.features.enterprises import queries as enterprises
from anwang.features.enterprises.queries.dated import DatedFact, facts_of
from anwang.features.grid import queries as grid
from anwang.features.grid.queries import LineFact
from anwang.features.paper import queries as paper
from anwang.features.problems import queries as problems
from anwang.features.problems.queries import ProblemTrace

from ..models import HandoverItem
from .duties import DutyDay, standing, waivers
from .events import (
    bond_events,
    duty_events,
    fact_events,
    handover_events,
    problem_events,
    record_events,
    sheet_events,
)

#: So far back events are shown.
BACK = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Held:
    """Somebody who was bound on the day; `late`: recorded only afterwards."""

    bond: Bond
    late: bool


@dataclass(frozen=True, slots=True)
class Rung:
    """A unit above the enterprise on the day, with its leaders and sponsors."""

    name: str
    leaders: list[LineFact]
    sponsors: list[LineFact]


@dataclass(frozen=True, slots=True)
class Sources:
    """All dated rows of an enterprise; ten queries whatever its age, one more with paper."""

    enterprise: Any
    facts: list[DatedFact]
    bonds: list[Bond]
    line: list[LineFact]
    duties: list[DutyTrace]
    records: list[RecordTrace]
    items: list[HandoverItem]
    waivers: dict[int, Any]
    cases: list[ProblemTrace]
    sheets: list[tuple[RecordTrace, Any]]


@dataclass(frozen=True, slots=True)
class EnterpriseDay:
    """The view of a day."""

    enterprise: Any
    day: date
    then: bool
    held: list[Held]
    rungs: list[Rung]
    status: str
    grade: str
    place: str
    duties: list[DutyDay]
    events: list[Event]


def read(enterprise_id: int, day: date, *, by: Actor) -> Sources | None:
    """What there is on record of an enterprise of the territory, the year before the day."""
    firm = enterprises.find(enterprise_id, by=by)
    if firm is None:
        return None
    first, facts = day - BACK, facts_of(firm.id)
    places = {int(fact.value) for fact in facts if fact.what == "place"} | {firm.place}
    chain = {code for place in places for code in (place, *ancestors(place)) if code and code % 10**10}
    due = duties.duty_traces(first, day, enterprise=firm.id)
    items = HandoverItem.objects.filter(enterprise_id=firm.id)
    records = duties.record_traces(first, day, enterprise=firm.id)
    return Sources(
        firm, facts, assignments.bonds(enterprise=firm.id), grid.line_facts(chain), due, records,
        list(items.select_related("enterprise", "handover__person", "to_person")), waivers(due),
        problems.problem_traces(firm.id, first, day, by=by), _sheets(records),
    )  # fmt: skip


def _sheets(records: list[RecordTrace]) -> list[tuple[RecordTrace, Any]]:
    """Records that came on paper with the photographed sheets; one query."""
    known = {row.key: row for row in records if row.channel == "paper"}
    return [(known[scan.id], scan) for scan in paper.sheets_from(known)]


def enterprise_day(found: Sources, day: date, *, then: bool) -> EnterpriseDay:
    """The day as it was known when it was over (`then`), or as it is known now; reads nothing more."""
    held = [Held(bond, _span(bond).late(day)) for bond in found.bonds if _span(bond).holds(day, then=then)]
    place = int(_value(found.facts, "place", day, then) or 0)
    return EnterpriseDay(
        found.enterprise, day, then, sorted(held, key=lambda each: ORDER.index(each.bond.part)),
        _rungs(found.line, place, day, then), _value(found.facts, "status", day, then),
        _value(found.facts, "grade", day, then), _path(found.line, place, day),
        standing(found.duties, found.waivers, day, then=then), events_of(found, day, then=then),
    )  # fmt: skip


ORDER = ("lead", "deputy", "joint")


def events_of(found: Sources, day: date, *, then: bool) -> list[Event]:
    """Everything that happened in the year before the day, the latest first; now-known corrections after it too."""
    called = {fact.unit: fact.name for fact in found.line if fact.what == "unit"}
    everything = [
        *fact_events(found.facts, called),
        *bond_events(found.bonds),
        *record_events(found.records),
        *sheet_events(found.sheets),
        *problem_events(found.cases),
        *duty_events(found.duties, found.waivers, then=then),
        *handover_events(found.items),
    ]
    first = day - BACK
    seen = [event for event in seen_on(everything, day, then=then) if event.day >= first]
    return [*([] if then else corrections(everything, day)), *seen]


def corrections(everything: list[Event], day: date) -> list[Event]:
    """What was taken back after the day: shown beside what it takes back, never instead of it."""
    later = [event for event in everything if event.kind == "contact" and event.day > day and event.tone == "grey"]
    return sorted(later, key=lambda event: event.known, reverse=True)


def _span(bond: Bond) -> Span:
    return Span(bond.start, bond.end, bond.known, bond.end_known)


def _value(facts: list[DatedFact], what: str, day: date, then: bool) -> str:
    rows = [fact for fact in facts if fact.what == what]
    held = [f for f in rows if Span(f.start, f.end, f.known, f.end_known).holds(day, then=then)]
    # Two hold at once when the later one was not on record yet when the earlier one's end was: the newest counts.
    return max(held, key=lambda fact: (fact.start, fact.known)).value if held else ""


def _rungs(line: list[LineFact], place: int, day: date, then: bool) -> list[Rung]:
    """From the village up to the city."""
    chain = [code for code in (place, *ancestors(place)) if code and code % 10**10] if place else []
    held = [f for f in line if Span(f.start, f.end, f.known).holds(day, then=then)]
    named = {f.unit: f.name for f in line if f.what == "unit" and Span(f.start, f.end, f.known).holds(day, then=False)}
    rungs = []
    for code in chain:
        of_unit = [fact for fact in held if fact.unit == code]
        leaders = sorted((f for f in of_unit if f.what == "leader"), key=lambda f: (f.rank, f.start))
        rungs.append(Rung(named.get(code, ""), leaders, [f for f in of_unit if f.what == "sponsor"]))
    return [rung for rung in rungs if rung.name]


def _path(line: list[LineFact], place: int, day: date) -> str:
    rungs = _rungs(line, place, day, False)
    return "".join(rung.name for rung in reversed(rungs[:3]))


def unknown_then(found: Sources, day: date) -> bool:
    """Nothing was on record when the day was over: the view of then is empty for a good reason."""
    return all(fact.known >= end_of(day) for fact in found.facts)
