"""Passing a question on: with a trace, without a new clock, and the first asked stays the first asked (首问责任)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from anwang.domain.advice.question import OPEN
from anwang.domain.base import Actor, Refusal, gettext_noop
from anwang.domain.calendar import local_day

from .. import permissions, queries
from ..models import Question, Step
from ..queries.questions import people_of, shown, targets
from .asking import tell_audit, trace, written


@transaction.atomic
def pass_on(*, by: Actor, now: datetime, question_id: int, to: str, reason: str) -> Question:
    """Give the question to a person (`to` p12) or the office of a unit (u371302000000), of those `targets` offers.

    Refuses `not_found`, `not_yours`, `text_missing`, `target_unknown`, `question_moved` (somebody was first).
    """
    row = queries.question(question_id, by=by)
    decision = permissions.may_work(by, people_of(row))
    if row is None or not decision:
        raise Refusal.of(decision)
    reason = written(reason)[:400]
    day = local_day(now)
    target = next((each for each in targets(row, on=day) if each.value == to), None)
    if target is None:
        raise Refusal("target_unknown", gettext_noop("请在名单中选择转给谁；只能转给能看到这家企业的人员或办公室。"))
    person, unit = (int(to[1:]), None) if to.startswith("p") else (None, int(to[1:]))
    held = Question.objects.filter(
        id=row.id, state__in=OPEN, round=row.round, holder_person_id=row.holder_person_id, holder_unit=row.holder_unit
    )
    before = shown([row], day)[0].holder
    if not held.update(holder_person_id=person, holder_unit=unit):
        raise Refusal("question_moved", gettext_noop("这个问题刚被转办或答复，请刷新后查看。"))
    trace(by, now, row, Step.PASSED, from_name=before, to_name=target.name, text=reason)
    tell_audit(by, now, "question.pass", row, to=to)
    row.refresh_from_db()
    return row
