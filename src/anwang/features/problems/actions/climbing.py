"""Up the ladder with what is missing, down again with the answer, and what silence does by itself (B3)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import F, Q

from anwang.domain.base import Actor, Refusal, gettext_noop
from anwang.domain.calendar import local_day
from anwang.domain.grid.codes import level_of
from anwang.domain.ladder.case import Silence, at_level, silence
from anwang.domain.ladder.states import State

from ..models import Problem
from ..queries.visible import case_of, rule_of
from .notifying import desk, inform, inform_next
from .turning import Said, arrival, seen, tell, turn, written
from .working import WHY, _drop_request

CHUNK = 500


@transaction.atomic
def escalate(
    *, by: Actor, now: datetime, problem_id: int, reason: str, text: str = "", version: int | None = None
) -> Problem:
    """上报上一级网格长, naming what is missing here. Refusals: as `accept`, ladder_top, reason_missing."""
    row = seen(problem_id, "escalate", by, version)
    if rule_of(row).reason(reason) is None or reason == "silence":
        raise Refusal("reason_missing", gettext_noop("请选择本级缺少什么。"))
    return _up(row, Said("escalate", text.strip(), reason), by=by, now=now)


def _up(row: Problem, said: Said, *, by: Actor, now: datetime) -> Problem:
    day, rule = local_day(now), rule_of(row)
    unit, level = arrival(row.unit, rule, on=day, above=True)
    from_unit, hops = row.unit, row.hops + 1
    _drop_request(row, now)
    row.referrals.filter(ended_at=None).update(ended_at=now)
    case = at_level(case_of(row), State.ESCALATED, level, day)
    row = turn(row, case, said, by=by, now=now, unit=unit, below=from_unit, hops=hops, decider=None, told_due=None)
    label = rule.reason(said.reason)
    words = "：".join(part for part in (label.label if label else "", said.text) if part)
    inform_next(row, by=by, now=now, kind="problem_up", text=words)
    inform(row, "problem_up", {row.tracker_id}, by=by, now=now, text=words)
    return row


@transaction.atomic
def answer_down(*, by: Actor, now: datetime, problem_id: int, text: str, version: int | None = None) -> Problem:
    """The level above answers and the level below goes on: its days for solving run anew, the age of the problem does
    not. Refusals: as `accept`, nothing_below, text_missing."""
    row = seen(problem_id, "down", by, version)
    unit = row.below or row.unit
    said = Said("down", written(text, WHY))
    case = at_level(case_of(row), State.ACCEPTED, level_of(unit) or case_of(row).level, local_day(now))
    _drop_request(row, now)
    row = turn(row, case, said, by=by, now=now, unit=unit, below=None, decider=None, told_due=None)
    inform_next(row, by=by, now=now, text=said.text)
    return row


@transaction.atomic
def reopen(*, by: Actor, now: datetime, problem_id: int, text: str, version: int | None = None) -> Problem:
    """重新打开: "it is not fixed". First day and age stay; it shows how often. Refusals as `accept`, text_missing."""
    row = seen(problem_id, "reopen", by, version)
    return _again(row, Said("reopen", written(text, WHY)), by=by, now=now)


def _again(row: Problem, said: Said, *, by: Actor, now: datetime) -> Problem:
    case = at_level(case_of(row), State.REOPENED, case_of(row).level, local_day(now))
    row = turn(row, case, said, by=by, now=now, reopened=row.reopened + 1, closed_at=None, told_due=None)
    inform_next(row, by=by, now=now, kind="problem_new", text=said.text)
    return row


def climb(*, by: Actor, now: datetime) -> dict[str, int]:
    """What silence does: climb to the next level, reopen a risk whose date has passed, say once that the top is late.

    Idempotent: whatever was moved has new days; each problem is a transaction of its own. Returns the counts.
    """
    day = local_day(now)
    done = dict.fromkeys(("climbed", "reopened", "overdue"), 0)
    last = 0
    while True:
        late = Problem.objects.filter(due__isnull=False, act_on__lt=day, id__gt=last)
        fresh = Q(told_due__isnull=True) | ~Q(told_due=F("act_on"))
        ids = list(late.filter(fresh).order_by("id").values_list("id", flat=True)[:CHUNK])
        if not ids:
            return done
        for problem_id in ids:
            what = silent(problem_id, by=by, now=now)
            if what:
                done[what] += 1
        last = ids[-1]


@transaction.atomic
def silent(problem_id: int, *, by: Actor, now: datetime) -> str:
    """What silence does to one problem: climbed, reopened, overdue, or "" where nothing is to be done."""
    row = Problem.objects.select_related("enterprise", "ladder").get(id=problem_id)
    try:
        match silence(case_of(row), rule_of(row), local_day(now)):
            case Silence.CLIMBS:
                _up(row, Said("silence", "", "silence"), by=by, now=now)
                return "climbed"
            case Silence.REOPENS:
                _again(row, Said("risk_over"), by=by, now=now)
                return "reopened"
            case Silence.OVERDUE:
                return _late(row, by, now)
    except Refusal as refusal:
        # Somebody acted at this moment: it has new days, or will be found again.
        if refusal.code != "problem_changed":
            raise
    return ""


def _late(row: Problem, by: Actor, now: datetime) -> str:
    rows = Problem.objects.filter(id=row.id, version=row.version)
    if not rows.exclude(told_due=row.act_on).update(told_due=row.act_on):
        return ""
    tell(row, Said("overdue"), by=by, now=now, unit=row.unit, due=row.due)
    people = {*desk(row.unit, local_day(now)), row.tracker_id, row.actor_person_id}
    inform(row, "problem_late", people, by=by, now=now, text=row.get_state_display())
    return "overdue"
