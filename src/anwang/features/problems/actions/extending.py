"""延期: asked by whoever works on it, decided by the next leader above; the clock runs on until then."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from django.db import transaction

from anwang.domain.base import Actor, Refusal, gettext_noop, insist
from anwang.domain.calendar import local_day
from anwang.domain.ladder.case import may_extend
from anwang.domain.ladder.states import State

from ..models import Asked, Problem, ProblemExtension
from ..queries.visible import case_of, rule_of
from .notifying import desk, inform
from .turning import CHANGED, Said, arrival, seen, turn, written
from .working import WHY


@transaction.atomic
def ask(
    *, by: Actor, now: datetime, problem_id: int, wanted: date, reason: str, version: int | None = None
) -> ProblemExtension:
    """申请延期. Decided by the next level; at the top by the level itself, by another person.

    Refusals: as `accept`, extension_waiting, extensions_used, extension_days, text_missing.
    """
    row = seen(problem_id, "ask", by, version)
    case, rule, day = case_of(row), rule_of(row), local_day(now)
    insist(may_extend(case, rule, wanted, day))
    said = Said("ask", f"{wanted} {written(reason, WHY, 200)}")
    top = rule.next_hop(case.level) is None
    decider = row.unit if top else arrival(row.unit, rule, on=day, above=True)[0]
    row = turn(row, case, said, by=by, now=now, decider=decider)
    asked = ProblemExtension.objects.create(
        problem=row, wanted=wanted, reason=reason.strip(), asked_at=now, asked_by=by.name[:60], asker_id=by.person_id,
        unit=decider,
    )  # fmt: skip
    inform(row, "problem_more", desk(decider, day), by=by, now=now, text=said.text)
    return asked


@transaction.atomic
def decide(
    *, by: Actor, now: datetime, problem_id: int, approve: bool, text: str = "", version: int | None = None
) -> Problem:
    """Approve or refuse, once; approved, the level's last day moves and that it did shows. Refusals: as `accept`,
    extension_own, extension_days, text_missing (a refusal says why)."""
    row = seen(problem_id, "decide", by, version)
    asked = row.requests.filter(state=Asked.WAITING).first()
    if asked is None:
        raise Refusal("problem_changed", CHANGED)
    if asked.asker_id is not None and asked.asker_id == by.person_id:
        raise Refusal("extension_own", gettext_noop("延期由您申请，应由另一人批准。"))
    case = case_of(row)
    if approve:
        insist(may_extend(case, rule_of(row), asked.wanted, local_day(now)))
        given = asked.wanted if case.state in (State.HANDED, State.RECTIFYING) else case.given
        case = replace(case, extended=asked.wanted, extensions=case.extensions + 1, given=given)
        said = Said("approved", f"{asked.wanted} {text.strip()}")
    else:
        said = Said("refused", written(text, WHY, 200))
    ProblemExtension.objects.filter(id=asked.id).update(
        state=Asked.APPROVED if approve else Asked.REFUSED, decided_at=now, decided_by=by.name[:60],
        answer=text.strip()[:200],
    )  # fmt: skip
    row = turn(row, case, said, by=by, now=now, decider=None, extended=row.extended + int(approve))
    inform(row, "problem_turn", {asked.asker_id, row.tracker_id}, by=by, now=now, text=said.text)
    return row
