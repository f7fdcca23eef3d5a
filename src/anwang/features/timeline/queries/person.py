"""A person on any day: posts, enterprises, what was due and done — so that innocence can be shown (B2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from anwang.domain.base import Actor
from anwang.domain.timeline.known import Event, Span, seen_on
from anwang.features.accounts import queries as accounts
from anwang.features.assignments import queries as assignments
from anwang.features.assignments.queries import Bond
from anwang.features.duties import queries as duties
from anwang.features.duties.queries import DutyTrace, RecordTrace
from anwang.features.grid import queries as grid

from ..models import HandoverItem
from .duties import DutyDay, standing, waivers
from .enterprise import BACK, Held, corrections
from .events import bond_events, duty_events, handover_events, record_events
from .handing import LINE


@dataclass(frozen=True, slots=True)
class PersonSources:
    """All dated rows of a person; ten queries whatever they hold."""

    person: Any
    posts: list[tuple[Any, str]]
    bonds: list[Bond]
    duties: list[DutyTrace]
    records: list[RecordTrace]
    items: list[HandoverItem]
    waivers: dict[int, Any]


@dataclass(frozen=True, slots=True)
class PersonDay:
    """The view of a day: the duties are those for which the person answered on it."""

    person: Any
    day: date
    then: bool
    posts: list[tuple[Any, str]]
    held: list[Held]
    duties: list[DutyDay]
    events: list[Event]


def read_person(person_id: int, day: date, *, by: Actor) -> PersonSources | None:
    """Oneself, or a person of the territory for its leaders and offices; None for everybody else."""
    own = by.person_id is not None and by.person_id == person_id
    if own:
        person = accounts.people().filter(id=person_id).first()
    else:
        person = grid.person_for(by, person_id) if by.has(*LINE) else None
    if person is None:
        return None
    first = day - BACK
    due = duties.duty_traces(first, day, person=person_id)
    items = HandoverItem.objects.filter(handover__person_id=person_id) | HandoverItem.objects.filter(
        to_person_id=person_id
    )
    return PersonSources(
        person, grid.posts_of(person_id), assignments.bonds(person=person_id), due,
        duties.record_traces(first, day, person=person_id),
        list(items.select_related("enterprise", "handover__person", "to_person")), waivers(due),
    )  # fmt: skip


def person_day(found: PersonSources, day: date, *, then: bool) -> PersonDay:
    """The day as known then or now; reads nothing more."""
    bonds = [(bond, Span(bond.start, bond.end, bond.known, bond.end_known)) for bond in found.bonds]
    held = [Held(bond, span.late(day)) for bond, span in bonds if span.holds(day, then=then)]
    posts = [
        (post, name) for post, name in found.posts
        if Span(post.valid_from, post.valid_to, post.recorded_at).holds(day, then=then)
    ]  # fmt: skip
    due = standing(found.duties, found.waivers, day, then=then)
    mine = [row for row in due if row.person_id == found.person.id]
    return PersonDay(found.person, day, then, posts, held, mine, _events(found, day, then))


def _events(found: PersonSources, day: date, then: bool) -> list[Event]:
    everything = [
        *bond_events(found.bonds, with_firm=True),
        *record_events(found.records, with_firm=True),
        *duty_events(found.duties, found.waivers, then=then, with_firm=True),
        *handover_events(found.items, with_firm=True),
    ]
    first = day - BACK
    seen = [event for event in seen_on(everything, day, then=then) if event.day >= first]
    return [*([] if then else corrections(everything, day)), *seen]
