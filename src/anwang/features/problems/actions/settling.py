"""What is next never waits for nobody: problems follow a moved enterprise, a new lead, and leave those who left."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import BigIntegerField, Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Cast

from anwang.domain.base import Actor, Level, Refusal, gettext_noop
from anwang.domain.calendar import local_day
from anwang.domain.ladder.case import Case, Part, at_level, moved
from anwang.domain.ladder.states import State
from anwang.features.assignments import queries as assignments
from anwang.features.grid import queries as grid

from ..models import Problem, Referral, Source
from ..queries.visible import case_of, line_of, rule_of
from .following import follow
from .notifying import inform, inform_next
from .turning import Said, arrival, turn

#: Problem, who followed it, who does now, why.
Move = tuple[int, int | None, int | None, str]
LED = gettext_noop("包保关系变动")
LEFT = gettext_noop("原跟踪人已离任")


def settle(*, by: Actor, now: datetime) -> dict[str, int]:
    """Bring open problems to whoever answers for them today: the units of an enterprise that moved or was re-gridded,
    the one who leads it now, and somebody in office where the next one has left or the enterprise has closed.

    No clock starts anew while the level stays. Idempotent; each problem is a transaction of its own. Returns counts.
    """
    day = local_day(now)
    return {
        "moved": sum(_home(key, by, now) for key in _keys(_strayed())),
        "followed": sum(_led(by, now, day)),
        "passed": sum(_pass(key, by, now) for key in _keys(_waiting_for_nobody(day))),
    }


def _keys(rows: QuerySet[Problem]) -> list[int]:
    return list(rows.order_by("id").values_list("id", flat=True))


def _strayed() -> QuerySet[Problem]:
    """Open ones whose unit or area is no longer the enterprise's."""
    # Codes of units have 12 digits, those of areas fewer: PostgreSQL must reckon with the longer ones.
    town, county = (Cast(f"enterprise__{name}", BigIntegerField()) for name in ("township", "county"))
    away = ~Q(township=town) | ~Q(county=county)
    away |= Q(level=Level.VILLAGE) & ~Q(unit=F("enterprise__place"))
    away |= Q(level=Level.TOWNSHIP) & ~Q(unit=town * 1000)
    away |= Q(level=Level.COUNTY) & ~Q(unit=county * 10**6)
    return Problem.objects.filter(away, due__isnull=False)


@transaction.atomic
def _home(problem_id: int, by: Actor, now: datetime) -> int:
    row = _read(problem_id)
    firm, day, case = row.enterprise, local_day(now), case_of(row)
    if not line_of(firm.place):
        return 0
    unit, level = arrival(firm.place, rule_of(row), on=day, at=case.level)
    case = _without_departments(row, case, now)
    if level is not case.level:
        case = at_level(case, State.REOPENED if case.state is State.RISK else case.state, level, day)
    row.requests.filter(state="waiting").update(state="dropped", decided_at=now)
    said = Said("moved", grid.names([unit]).get(unit, ""))
    where = {"unit": unit, "county": firm.county, "township": firm.township, "below": None, "decider": None}
    return _turned(row, case, said, by, now, **where)


def _without_departments(row: Problem, case: Case, now: datetime) -> Case:
    """Departments of the unit before do not work for the one after."""
    row.referrals.filter(ended_at=None).update(ended_at=now)
    return moved(case, State.ACCEPTED) if case.state is State.HANDED else case


def _led(by: Actor, now: datetime, day: date) -> list[bool]:
    """Who follows is bound to the enterprise, as far as somebody is; what came from above stays with whoever sent it
    while he serves."""
    rows = Problem.objects.filter(due__isnull=False)
    firm: Any = OuterRef("enterprise_id")
    led = assignments.leads_on(day).filter(enterprise_id=firm)
    mine = assignments.of_enterprise(firm, on=day).filter(person_id=OuterRef("tracker_id"))
    serving = grid.posts(on=day).filter(person_id=OuterRef("tracker_id"))
    newly = rows.exclude(source=Source.ABOVE).filter(Exists(led), ~Exists(mine))
    left = rows.filter(~Exists(serving), tracker__isnull=False).exclude(id__in=newly.values("id"))
    leads = assignments.leads(on=day, enterprises=set(newly.values_list("enterprise_id", flat=True)))
    moves: list[Move] = [(key, old, leads[firm].person_id, LED) for key, old, firm in _followed(newly) if firm in leads]
    moves += [(key, old, None, LEFT) for key, old, _firm in _followed(left)]
    return [_follow(move, by, now) for move in moves]


def _followed(rows: QuerySet[Problem]) -> list[tuple[int, int | None, int]]:
    return list(rows.order_by("id").values_list("id", "tracker_id", "enterprise_id"))


@transaction.atomic
def _follow(move: Move, by: Actor, now: datetime) -> bool:
    problem_id, old, new, why = move
    if not follow(problem_id, old, new, why, by=by, now=now):
        return False
    row = _read(problem_id)
    inform(row, "problem_follow", {new}, by=by, now=now, text=row.get_state_display())
    return True


def _waiting_for_nobody(day: date) -> QuerySet[Problem]:
    """Open ones whose next person holds no post any more, whose department is gone, whose enterprise has closed."""
    serving = grid.posts(on=day).filter(person_id=OuterRef("actor_person_id"))
    there = grid.posts(on=day).filter(id=OuterRef("post_id"))
    gone = Referral.objects.filter(~Exists(there), problem_id=OuterRef("id"), ended_at=None)
    closed = Q(part=Part.ENTERPRISE, enterprise__status="closed")
    left = Q(~Exists(serving), actor_person__isnull=False)
    return Problem.objects.filter(closed | left | Q(Exists(gone), state=State.HANDED), due__isnull=False)


@transaction.atomic
def _pass(problem_id: int, by: Actor, now: datetime) -> int:
    row, day = _read(problem_id), local_day(now)
    case = case_of(row)
    if case.state is State.HANDED:
        asked = row.referrals.filter(ended_at=None)
        asked.exclude(post__in=grid.posts(on=day)).update(ended_at=now)
        case = case if asked.exists() else moved(case, State.ACCEPTED)
    done = _turned(row, case, Said("passed"), by, now)
    if done:
        inform_next(_read(problem_id), by=by, now=now)
    return done


def _turned(row: Problem, case: Case, said: Said, by: Actor, now: datetime, **columns: object) -> int:
    """1, or 0 where somebody acted at this moment: it will be found again."""
    try:
        turn(row, case, said, by=by, now=now, **columns)
    except Refusal as refusal:
        if refusal.code != "problem_changed":
            raise
        transaction.set_rollback(True)
        return 0
    return 1


def _read(problem_id: int) -> Problem:
    return Problem.objects.select_related("enterprise", "ladder").get(id=problem_id)
