"""What a report brought to light goes down the ladder of problems (三.4) without a word of the report."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.db import transaction

from anwang.domain.base import Actor, Refusal, gettext_noop
from anwang.domain.calendar import local_day
from anwang.domain.reports.cases import State
from anwang.features.audit import actions as audit
from anwang.features.problems import actions as problems

from .. import permissions, queries
from ..models import Report

#: A report is raised while its handlers work on it.
RAISING = (State.ACCEPTED, State.ASKED)


@transaction.atomic
def raise_problem(*, by: Actor, now: datetime, report_id: int, data: problems.ProblemData) -> Report:
    """Make a problem of what a report told, in the handler's own words; it says “from above” and nothing more.

    Once for a report. Refuses `not_found`, `report_raised`, `report_unaccepted` and those of `problems.actions.report`.
    """
    row = queries.handled_by(by, day=local_day(now)).filter(id=report_id).first()
    if row is None:
        raise Refusal.of(permissions.may_handle(False))
    if row.problem_id is not None:
        raise _raised()
    if row.state not in RAISING:
        raise Refusal("report_unaccepted", gettext_noop("先受理这件举报，再转为整改问题。"))
    told = replace(data, enterprise=row.enterprise_id, source=problems.Source.ABOVE, contact=None)
    made = problems.report(by=by, now=now, data=told)
    if (made.enterprise_id, made.reporter_id) != (row.enterprise_id, by.person_id):
        raise Refusal.of(permissions.may_handle(False))  # the number of a form that was used elsewhere
    if not Report.objects.filter(id=row.id, problem__isnull=True, state=row.state).update(problem=made):
        raise _raised()
    # The trail does not say which problem: who reads it must not find the report from the problem.
    audit.record(by=by, now=now, action="report.raised", target=f"report:{row.id}")
    return Report.objects.select_related("problem").get(id=row.id)


def _raised() -> Refusal:
    return Refusal("report_raised", gettext_noop("这件举报已经转为整改问题，请刷新后查看。"))
