"""One step of a report: compare-and-set on its state, the words kept, the trail told."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from anwang.domain.base import Actor, Refusal, gettext_noop, insist
from anwang.domain.calendar import local_day
from anwang.domain.reports.cases import State, due_of, may_become
from anwang.domain.reports.rules import ReportTerms
from anwang.features.audit import actions as audit

from ..models import Report, ReportStep


def step(
    row: Report, to: State, *, by: Actor, now: datetime, text: str = "", handling: bool = False, **changes: Any
) -> Report:
    """Bring a report into a state, or refuse `report_state` when somebody else was first."""
    insist(may_become(State(row.state), to))
    day = local_day(now)
    due = due_of(to, day, ReportTerms(row.accept_days, row.answer_days))
    if not Report.objects.filter(id=row.id, state=row.state).update(state=to, due=due, **changes):
        now_is = State(Report.objects.values_list("state", flat=True).get(id=row.id))
        sorry = gettext_noop("这件举报已由他人办理，现在是“%(state)s”，请刷新后查看。")
        raise Refusal("report_state", sorry, state=now_is.label)
    ReportStep.objects.create(
        report_id=row.id, state=to, on=day, text=text,
        person_id=by.person_id if handling else None, unit=by.unit if handling else None,
    )  # fmt: skip
    audit.record(by=by, now=now, action=f"report.{to.value}", target=f"report:{row.id}")
    return Report.objects.get(id=row.id)
