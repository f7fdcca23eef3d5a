"""What waits for a person, each with its number and the page where it is done: one statement for all of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet

from anwang.domain.base import Actor, Reason, Role, gettext_noop
from anwang.features.accounts import queries as accounts
from anwang.features.advice import queries as advice
from anwang.features.assignments import queries as assignments
from anwang.features.discipline import queries as discipline
from anwang.features.dispatch import queries as dispatch
from anwang.features.hints import queries as hints
from anwang.features.portal import queries as portal
from anwang.features.problems import queries as problems
from anwang.features.reports import queries as reports
from anwang.features.timeline import queries as timeline
from anwang.features.visits import queries as visits

#: name → (what it is, unit of counting, page), in the order of the page.
ROWS = {
    "problems": (gettext_noop("问题待处理"), gettext_noop("%(n)d 件"), "problem_list"),
    "questions": (gettext_noop("企业提问待答复"), gettext_noop("%(n)d 件"), "question_list"),
    "returned": (gettext_noop("退回给我的任务"), gettext_noop("%(n)d 件"), "task_issued"),
    "asked": (gettext_noop("延期申请待批"), gettext_noop("%(n)d 件"), "task_issued"),
    "reports": (gettext_noop("举报待办理"), gettext_noop("%(n)d 件"), "report_list"),
    "declarations": (gettext_noop("企业申报待核对"), gettext_noop("%(n)d 件"), "declaration_list"),
    "complaints": (gettext_noop("企业投诉待处理"), gettext_noop("%(n)d 件"), "complaint_list"),
    "letters": (gettext_noop("承诺书待签订"), gettext_noop("%(n)d 份"), "commitment_list"),
    "sheets": (gettext_noop("公示牌待确认张贴"), gettext_noop("%(n)d 块"), "posting_list"),
    "received": (gettext_noop("新接手的企业"), gettext_noop("%(n)d 家"), "handover_received"),
    "handovers": (gettext_noop("待办的交接"), gettext_noop("%(n)d 件"), "handover_list"),
    "hints": (gettext_noop("请说明的提示"), gettext_noop("%(n)d 条"), "hint_own"),
    "looking": (gettext_noop("真实性提示待看"), gettext_noop("%(n)d 条"), "hint_unit"),
    "visits": (gettext_noop("七天内的督导安排"), gettext_noop("%(n)d 次"), "visit_plan"),
}


@dataclass(frozen=True, slots=True)
class Waiting:
    """One line: what it is, how many in words, the name of its page."""

    label: str
    many: Reason
    page: str


@dataclass(frozen=True, slots=True)
class AtHand:
    """What waits, the tasks with the next deadlines and how many there are, the notices to relay, open hazards, the
    problems that one follows to the end."""

    waiting: list[Waiting]
    tasks: list[Any]
    task_count: int
    relaying: Any
    majors: list[Any]
    followed: list[Any]


def at_hand(actor: Actor, day: date) -> AtHand:
    """For anybody in the field or in the line: four queries."""
    count, tasks = dispatch.open_tasks(actor, day)
    relaying = advice.notices_to_relay(actor.person_id, on=day)
    majors, followed = problems.first_page(actor, day)
    return AtHand(waiting_for(actor, day), tasks, count, relaying, majors, followed)


def waiting_for(actor: Actor, day: date) -> list[Waiting]:
    """What there is, without what there is none of; one query."""
    return told(ROWS, accounts.counted(actor.person_id or 0, **_rows(actor, day)))


def told(rows: Mapping[str, tuple[str, str, str]], counts: Mapping[str, int]) -> list[Waiting]:
    """Lines in words, in the order of `rows`, without what there is none of."""
    return [
        Waiting(label, Reason(name, many, {"n": counts[name]}), page)
        for name, (label, many, page) in rows.items()
        if counts.get(name)
    ]


def _rows(actor: Actor, day: date) -> dict[str, QuerySet[Any]]:
    person = actor.person_id or 0
    rows: dict[str, QuerySet[Any]] = {
        **assignments.papers_waiting(person, on=day),
        "problems": problems.waiting_rows(actor),
        "questions": advice.waiting_rows(actor),
        "declarations": portal.to_judge(actor, day=day),
        "returned": dispatch.returned_to(actor),
        "asked": dispatch.asked_of(actor),
        "received": timeline.just_received(person, on=day),
        "hints": hints.waiting(person),
        "visits": visits.of_person(person, first=day, last=day + timedelta(days=6)),
    }
    if actor.has(Role.LEADER, Role.OFFICE):
        rows["reports"] = reports.waiting_rows(actor, day=day)
        rows["complaints"] = discipline.waiting_at(actor, day=day)
        rows["handovers"] = timeline.waiting_in(actor)
        rows["looking"] = hints.to_look_at(by=actor, on=day)
    return rows
