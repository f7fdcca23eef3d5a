"""What every act shares: compare-and-set on state and version, whose turn it is next, the event, the trail."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from anwang.domain.base import Actor, Level, Refusal, gettext_noop
from anwang.domain.calendar import local_day
from anwang.domain.ladder.case import Case, Part, limit, next_due, next_part
from anwang.domain.ladder.rules import LadderRule
from anwang.domain.ladder.states import State, may_become
from anwang.features.audit import actions as audit
from anwang.features.grid import queries as grid

from .. import permissions
from ..models import Problem, ProblemEvent
from ..queries.visible import find, line_of, rule_of

CHANGED = gettext_noop("刚才有人办理了这个问题，请看最新情况后再办。")


@dataclass(frozen=True, slots=True)
class Said:
    """What an act says: its kind of event, the words, the code of what is missing."""

    kind: str
    text: str = ""
    reason: str = ""


def seen(problem_id: int, act: str, by: Actor, version: int | None) -> Problem:
    """The problem, if the actor may do this to it now; a page that is older than the problem is told."""
    row = find(problem_id, by=by)
    if row is not None and version is not None and version != row.version:
        raise Refusal("problem_changed", CHANGED)
    decision = permissions.may(act, by, row)
    if row is None or not decision:
        raise Refusal.of(decision)
    return row


def turn(row: Problem, case: Case, said: Said, *, by: Actor, now: datetime, **columns: Any) -> Problem:
    """Bring the problem into the case, only from the state and version that were read. Refuses problem_moved_on,
    problem_changed. The event names the unit that answered for it until now."""
    before, unit = State(row.state), row.unit
    if case.state is not before and not (decision := may_become(before, case.state)):
        raise Refusal.of(decision)
    held = Problem.objects.filter(id=row.id, state=before, version=row.version)
    after = {**columns_of(case), **columns}
    for name, value in after.items():
        setattr(row, name, value)
    after |= whose(row, case, rule_of(row), local_day(now))
    if not held.update(**after, version=row.version + 1):
        raise Refusal("problem_changed", CHANGED)
    tell(row, said, by=by, now=now, unit=unit, due=after["due"])
    return Problem.objects.select_related("enterprise", "ladder").get(id=row.id)


def tell(row: Problem, said: Said, *, by: Actor, now: datetime, unit: int, due: date | None) -> None:
    """The event and the trail."""
    ProblemEvent.objects.create(
        problem_id=row.id, kind=said.kind, at=now, by=by.name[:60], unit=unit, reason=said.reason,
        text=said.text[:1000],
    )  # fmt: skip
    audit.record(
        by=by, now=now, action=f"problem.{said.kind}", target=f"problem:{row.id}", chain=row.county,
        state=str(row.state), unit=row.unit, due=due,
    )  # fmt: skip


def columns_of(case: Case) -> dict[str, Any]:
    """The case as it is stored."""
    return {
        "state": case.state, "level": case.level, "arrived_on": case.arrived, "given": case.given,
        "until": case.until, "returned_on": case.returned, "extended_to": case.extended,
        "extensions": case.extensions,
    }  # fmt: skip


def whose(row: Problem, case: Case, rule: LadderRule, on: date) -> dict[str, Any]:
    """Whose turn it is and until when. Where none of the persons named by the ladder is in office any more, or the
    enterprise has closed, it is the unit's."""
    part, person = next_part(case), _person(row, case, rule, on)
    if part is Part.ENTERPRISE:
        part = Part.UNIT if row.enterprise.status == "closed" else Part.ENTERPRISE
    elif part is not None and person is None:
        part = Part.UNIT
    unit = row.unit if part is Part.UNIT else None
    return {
        "part": part, "actor_unit": unit, "actor_person": person,
        "due": next_due(case, rule), "act_on": limit(case, rule),
    }  # fmt: skip


def _person(row: Problem, case: Case, rule: LadderRule, on: date) -> int | None:
    """The first of those named who still holds a post."""
    named = [person for person in _named(row, case, rule, on) if person]
    if not named:
        return None
    serving = set(grid.posts(on=on).filter(person_id__in=named).values_list("person_id", flat=True))
    return next((person for person in named if person in serving), None)


def _named(row: Problem, case: Case, rule: LadderRule, on: date) -> list[int | None]:
    match next_part(case):
        case Part.DEPARTMENT:
            asked = row.referrals.filter(ended_at=None, post__in=grid.posts(on=on)).order_by("due", "id")
            return list(asked.values_list("person_id", flat=True))
        case Part.REPORTER:
            return [row.reporter_id, row.tracker_id]
        case Part.TRACKER if not (rule.serious and row.tracker_id == row.doer_id):
            return [row.tracker_id]
    return []


def arrival(
    unit: int, rule: LadderRule, *, on: date, above: bool = False, at: Level | None = None
) -> tuple[int, Level]:
    """(unit, level) where a problem arrives: the unit itself or, with `above`, the next one up at which the ladder
    stops and somebody leads or keeps the office. `at` passes over what lies below that level. Where nobody does all
    the way up, the highest."""
    stops = {clock.level for clock in rule.clocks}
    ways = [(code, level) for code, level in line_of(unit) if level in stops][1 if above else 0 :]
    ways = [(code, level) for code, level in ways if at is None or level.rank <= at.rank]
    if not ways:
        raise Refusal("ladder_top", gettext_noop("已到最高一级网格长，不能再上报。"))
    codes = [code for code, _level in ways]
    manned = set(grid.leaders(codes, on=on))
    manned |= set(grid.posts(on=on).filter(unit__in=codes, is_office=True).values_list("unit", flat=True))
    return next((way for way in ways if way[0] in manned), ways[-1])


def written(text: str, sentence: str, most: int = 1000) -> str:
    """A text that must be there and fit; never cut."""
    text = text.strip()
    if not text:
        raise Refusal("text_missing", sentence)
    if len(text) > most:
        raise Refusal("text_long", gettext_noop("内容超过 %(most)s 字，请精简。"), most=most)
    return text
