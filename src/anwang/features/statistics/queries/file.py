"""一企一档 (N9): one page that says how an enterprise stands, why, and whose turn it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from anwang.domain.base import Actor, Role
from anwang.domain.calendar import local_day
from anwang.domain.grid.codes import ancestors
from anwang.domain.status import DutyFacts, EvaluationFacts, ProblemFacts, ReportFacts, SafetyStatus, judge
from anwang.features.assignments import queries as assignments
from anwang.features.duties import queries as duties
from anwang.features.enterprises import queries as enterprises
from anwang.features.enterprises.queries import page as enterprise_page
from anwang.features.grid import queries as grid
from anwang.features.policies import queries as policies
from anwang.features.problems import queries as problems
from anwang.features.reports import queries as reports

from .evaluations import of_enterprise
from .place import Place, place_of

#: More open problems of one enterprise than these are counted, not listed.
LISTED = 100


@dataclass(frozen=True, slots=True)
class EnterpriseFile:
    """What the page shows. `status` None: it does not operate, so nothing is judged.

    `problems` None: not for this reader; `rungs` are (unit, its 网格长), the village first.
    """

    firm: Any
    status: SafetyStatus | None
    grade: Any
    reasons: list[Any]
    duties: duties.FirmDuties
    problems: list[Any] | None
    evaluations: list[Any]
    bound: list[Any]
    rungs: list[tuple[str, list[Any]]]
    place: Place | None


def enterprise_file(enterprise_id: int, *, by: Actor, on: date) -> EnterpriseFile | None:
    """The file of an enterprise of the territory; nine queries, one more with a place. None: not to be seen."""
    firm = enterprises.find(enterprise_id, by=by)
    if firm is None:
        return None
    rules = policies.current().safety(on)
    owed = duties.firm_duties(firm.id, since=on - timedelta(days=rules.look_back_days), day=on)
    found, scored = _problems(firm.id, by), of_enterprise(firm.id)
    desk = by.has(Role.LEADER, Role.OFFICE)
    beside = reports.open_beside(firm.id, by=by, day=on) if desk else {}
    grade = enterprise_page.grade_now(firm.id, **beside)
    status = judge(
        rules, on=on, duties=DutyFacts(owed.due, owed.overdue, owed.missed, owed.last_due),
        problems=_facts(found, on),
        evaluation=EvaluationFacts(float(scored[0].score), scored[0].on) if scored else None,
        reports=_reports(grade) if desk else None,
    )  # fmt: skip
    return EnterpriseFile(
        firm, status if firm.status == "operating" else None, grade, enterprise_page.reasons(grade), owed, found,
        scored, assignments.bound_with_papers(firm.id, on=on), _rungs(firm.place, on),
        place_of(firm, by=by),
    )  # fmt: skip


def _problems(enterprise_id: int, by: Actor) -> list[Any] | None:
    """Open problems that the actor may see, the nearest deadline first.

    Only those: what is kept from a reader must not shine through the light either.
    """
    if by.has(Role.DEPARTMENT) and not by.has(Role.SUPERVISOR, Role.LEADER, Role.OFFICE):
        return None
    rows = problems.problems_for(by).filter(enterprise_id=enterprise_id, due__isnull=False)
    return list(rows.order_by("due", "id")[:LISTED])


def _reports(grade: Any) -> ReportFacts:
    """Reports that the reader handles; whoever is complained of finds what everybody finds who handles none."""
    return ReportFacts(getattr(grade, "reports_open", None) or 0, getattr(grade, "reports_on", None))


def _facts(rows: list[Any] | None, on: date) -> ProblemFacts | None:
    if rows is None:
        return None
    return ProblemFacts(
        open=len(rows),
        overdue=sum(row.due < on for row in rows),
        major=sum(row.kind == "major_hazard" for row in rows),
        on=max((local_day(row.reported_at) for row in rows), default=None),
    )


def _rungs(place: int, on: date) -> list[tuple[str, list[Any]]]:
    codes = [code for code in (place, *ancestors(place)) if code and code % 10**10]
    names, leaders = grid.names(codes), grid.leaders(codes, on=on)
    return [(names[code], [each.post for each in leaders.get(code, [])]) for code in codes if code in names]
