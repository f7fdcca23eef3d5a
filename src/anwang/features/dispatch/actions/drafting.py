"""A task before it is issued: its writer looks at whom it reaches, corrects it, or throws it away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from django.db import transaction

from anwang.adapters import media
from anwang.adapters.handed_in import Given
from anwang.adapters.holidays import packaged_workdays
from anwang.domain.base import Actor, Level, Refusal, gettext_noop, insist
from anwang.domain.calendar import local_day
from anwang.domain.tasks.budget import may_give, offered_due
from anwang.domain.tasks.life import Stage
from anwang.domain.tasks.states import Mode
from anwang.features.audit import actions as audit
from anwang.features.grid import queries as grid
from anwang.features.policies import queries as policies

from .. import queries
from ..models import Task
from ..permissions import NOT_FOUND, may_arrange, owns
from ..queries.reach import FIRMS, reach
from .files import check, keep
from .trace import hop, locked, written


@dataclass(frozen=True, slots=True)
class TaskData:
    """What is arranged. `due` is the root deadline; `given_due` that of those addressed, None: as the budget offers."""

    title: str
    requirement: str
    due: date
    targets: Mapping[str, Any]
    mode: Mode = Mode.ALL
    due_time: time | None = None
    given_due: date | None = None
    files: Sequence[Given] = field(default=())


@transaction.atomic
def draft(*, by: Actor, now: datetime, data: TaskData, task_id: int | None = None) -> Task:
    """Write a draft, or correct one's own. Refusals: not_leader, due_past, the codes of `budget.may_give`,
    any_with_firms, nobody_reached, text_missing, those of files."""
    insist(may_arrange(by))
    row = _own_draft(by, task_id) if task_id else None
    day = local_day(now)
    if data.due < day:
        raise Refusal("due_past", gettext_noop("完成期限 %(due)s 已经过去。"), due=data.due)
    given = _given(by, now, data)
    if data.mode is Mode.ANY and data.targets.get("kind") == FIRMS:
        text = gettext_noop("按企业筛选的任务每家企业都要办，不能选“任一承办人完成即可”。")
        raise Refusal("any_with_firms", text)
    if not reach(data.targets, by=by, on=day).to:
        raise Refusal("nobody_reached", gettext_noop("按现在的选择没有人会收到任务，请重新选择承办人。"))
    columns = _columns(by, now, data, given)
    files = check(data.files, already=row.files.count() if row else 0)
    if row is None:
        row = Task.objects.create(**columns, created_at=now)
    else:
        Task.objects.filter(id=row.id).update(**columns)
    keep(by=by, now=now, task=row, receipt=None, files=files)
    return Task.objects.get(id=row.id)


def _columns(by: Actor, now: datetime, data: TaskData, given: date) -> dict[str, Any]:
    unit = by.unit or 0
    county, township = grid.facts_of(unit)
    missing = gettext_noop("请填写任务名称和要求。")
    return {
        "title": written(data.title, "text_missing", missing, 120),
        "requirement": written(data.requirement, "text_missing", missing, 4000),
        "unit": unit, "unit_name": grid.names([unit]).get(unit, ""), "level": (by.level or Level.CITY).value,
        "county": county, "township": township, "person_id": by.person_id, "by": by.name[:60], "mode": data.mode,
        "due": data.due, "due_time": data.due_time, "given_due": given, "targets": dict(data.targets),
        "policy_version": policies.current().version,
    }  # fmt: skip


def offered(*, by: Actor, now: datetime, due: date) -> date:
    """The deadline that the budget offers for those addressed."""
    own = hop((by.level or Level.CITY).value, now, due)
    return offered_due(own, own.arrived, packaged_workdays())


def _given(by: Actor, now: datetime, data: TaskData) -> date:
    if data.given_due is None:
        return offered(by=by, now=now, due=data.due)
    own = hop((by.level or Level.CITY).value, now, data.due)
    insist(may_give(own, own.arrived, data.given_due))
    return data.given_due


def _own_draft(by: Actor, task_id: int) -> Task:
    row = queries.find_task(task_id, by=by)
    if row is None or not owns(by, row):
        raise Refusal("not_found", NOT_FOUND)
    row = locked(row.id)
    if row.state != Stage.DRAFT:
        raise Refusal("task_issued", gettext_noop("任务已经下达，不能再改；可以撤回后重新下达。"))
    return row


@transaction.atomic
def drop_draft(*, by: Actor, now: datetime, task_id: int) -> None:
    """Throw a draft away with its files. Refusals: not_found, task_issued."""
    row = _own_draft(by, task_id)
    paths = list(row.files.values_list("path", flat=True))
    audit.record(by=by, now=now, action="task.drop", target=f"task:{row.id}", chain=row.county, title=row.title)
    row.delete()
    transaction.on_commit(lambda: _drop(paths))


def _drop(paths: Sequence[str]) -> None:
    for path in paths:
        media.drop(path)


@transaction.atomic
def drop_file(*, by: Actor, now: datetime, task_id: int, file_id: int) -> None:
    """Take a file off a draft. Refusals: not_found, task_issued."""
    row = _own_draft(by, task_id)
    file = row.files.filter(id=file_id).first()
    if file is not None:
        path = file.path
        file.delete()
        transaction.on_commit(lambda: media.drop(path))


__all__ = ["TaskData", "draft", "drop_draft", "drop_file", "offered"]
