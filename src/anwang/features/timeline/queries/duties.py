"""Duties as they stood on a day (三.3): who answered, whether they were met, as known then or now."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from anwang.domain.duties import status as how
from anwang.domain.duties.status import Light, Status
from anwang.domain.duties.timing import timeliness
from anwang.domain.timeline.known import Freed, Met, end_of, holder
from anwang.features.audit import queries as audit
from anwang.features.duties.queries import DutyTrace
from anwang.features.policies import queries as policies

from .events import duty_name

#: Acts of the trail that free somebody of a duty, and that take it back.
WAIVED, UNWAIVED = "duty.waive", "duty.unwaive"


@dataclass(frozen=True, slots=True)
class DutyDay:
    """One duty on one day. `done` is the day of the work; `late_known`: the work is known only since after the day."""

    id: int
    enterprise: int
    enterprise_name: str
    name: str
    person_id: int
    person: str
    start: date
    due: date
    status: Status
    label: str
    light: Light
    done: date | None
    contact: int | None
    late_known: bool
    unable: str = ""
    reason: str = ""


def waivers(duties: Iterable[DutyTrace]) -> dict[int, list[Freed]]:
    """When each duty was waived and when that was taken back: from the trail, which forgets neither; one query."""
    rows = {f"obligation:{duty.id}": duty for duty in duties}
    found: dict[int, list[Freed]] = {}
    if not rows:
        return found
    for event in audit.acts_on(rows, (WAIVED, UNWAIVED)):
        key = rows[event.target].id
        mine = found.setdefault(key, [])
        if event.action == WAIVED:
            mine.append(Freed(event.at, None, event.actor, str(audit.body_of(event).get("reason", ""))))
        elif mine:
            mine[-1] = Freed(mine[-1].start, event.at, mine[-1].by, mine[-1].reason)
    for duty in rows.values():
        # What the system itself waives (a closed enterprise) has one event for all.
        if duty.waived and not any(wave.end is None for wave in found.get(duty.id, [])):
            found.setdefault(duty.id, []).append(Freed(duty.waived, None, duty.waived_by, duty.waive_reason))
    return found


def on_day(duty: DutyTrace, freed: list[Freed], day: date, *, then: bool) -> DutyDay:
    """How a duty stood when a day was over."""
    met = next((m for m in _met(duty) if m.stands(day, then=then)), None)
    waived = next((wave for wave in freed if wave.stands(day)), None) if met is None else None
    state = how.status_on(day, duty.start, duty.miss, met is not None, bool(met and met.late), waived is not None)
    soon = policies.current().duty_rule(duty.rule, duty.start).soon_days
    who = _holder(duty, day)
    unable = next((u.reason for u in duty.unables.values() if _stands(u.at, u.ended, day)), "")
    return DutyDay(
        duty.id, duty.enterprise, duty.enterprise_name, duty_name(duty), who[0], who[1], duty.start, duty.due, state,
        how.label(state, duty.due, day, soon), how.light(state, duty.due, day, soon), met.day if met else None,
        met.contact if met else None, bool(met and met.known >= end_of(day)), unable,
        waived.reason if waived else "",
    )  # fmt: skip


def _met(duty: DutyTrace) -> list[Met]:
    return [
        Met(m.day, m.received, m.void,
            timeliness(m.day, m.captured, m.received, duty.due, duty.miss).late, m.contact)
        for m in duty.meetings.values()
    ]  # fmt: skip


def _holder(duty: DutyTrace, day: date) -> tuple[int, str]:
    moves = [(p.at, (p.from_person, p.from_name), (p.to_person, p.to_name)) for p in duty.passings.values()]
    found: tuple[int, str] = holder((duty.person, duty.name), moves, day)
    return found


def _stands(at: datetime, ended: datetime | None, day: date) -> bool:
    return at < end_of(day) and (ended is None or ended >= end_of(day))


def standing(duties: Iterable[DutyTrace], freed: dict[int, list[Freed]], day: date, *, then: bool) -> list[DutyDay]:
    """The duties of the day: those of periods that hold it, and those overdue; not yet opened ones were not there."""
    found = []
    for duty in duties:
        if then and duty.opened >= end_of(day):
            continue
        row = on_day(duty, freed.get(duty.id, []), day, then=then)
        if duty.start <= day <= duty.due or row.status in (Status.OPEN, Status.MISSED):
            found.append(row)
    return sorted(found, key=lambda row: (row.status is not Status.MISSED, row.due, row.name))
