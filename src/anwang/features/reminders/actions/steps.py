"""The steps of the periodic work, in order. A feature that has periodic work gets a line here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from anwang.domain.base import Actor, gettext_noop
from anwang.domain.calendar import local_day
from anwang.features.advice import actions as advice
from anwang.features.audit import actions as audit
from anwang.features.dispatch import actions as dispatch
from anwang.features.duties import actions as duties
from anwang.features.hints import actions as hints
from anwang.features.notices import actions as notices
from anwang.features.policies import actions as policies
from anwang.features.portal import actions as portal
from anwang.features.problems import actions as problems
from anwang.features.reports import actions as reports
from anwang.features.timeline import actions as timeline
from anwang.features.visits import actions as visits
from anwang.features.work import actions as work

from ..queries.rules import rule_on, workdays
from .digest import Told, send_alarms, send_digest

NO_TIME = timedelta(0)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Step:
    """A piece of periodic work. `every`: shortest time between two runs on one day; each new day it runs anyway.

    `run` (by, now) returns numbers. It must be idempotent: a run that broke off is simply run again.
    """

    code: str
    label: str
    run: Callable[[Actor, datetime], dict[str, Any]]
    every: timedelta = NO_TIME


def _policy(by: Actor, now: datetime) -> dict[str, Any]:
    row, new = policies.keep_version(by=by, now=now)
    return {"version": row.version, "new": new}


def _handovers(by: Actor, now: datetime) -> dict[str, Any]:
    found = timeline.carry_due(by=by, now=now)
    return {name: len(keys) for name, keys in found.items()}


def _duties(by: Actor, now: datetime) -> dict[str, Any]:
    found = duties.open_duties(by=by, now=now)
    return {"opened": found.opened, "settled": found.settled, "without_lead": len(found.without_lead)}


def _questions(by: Actor, now: datetime) -> dict[str, Any]:
    return {"moved": advice.settle_questions(by=by, now=now)}


def _tasks(by: Actor, now: datetime) -> dict[str, Any]:
    return dispatch.settle(by=by, now=now)


def _problems(by: Actor, now: datetime) -> dict[str, Any]:
    return {**problems.settle(by=by, now=now), **problems.climb(by=by, now=now)}


def _reports(by: Actor, now: datetime) -> dict[str, Any]:
    return dict(reports.settle(by=by, now=now))


def _visits(by: Actor, now: datetime) -> dict[str, Any]:
    return dict(visits.settle(by=by, now=now, on=local_day(now)))


def _staff(by: Actor, now: datetime) -> dict[str, Any]:
    return dict(portal.review_staff(by=by, now=now))


def _hints(by: Actor, now: datetime) -> dict[str, Any]:
    found = hints.find_hints(by=by, now=now)
    return {"looked": found.looked, **found.kinds}


def _alarms(by: Actor, now: datetime) -> dict[str, Any]:
    return _told(send_alarms(by=by, now=now))


def _digest(by: Actor, now: datetime) -> dict[str, Any]:
    return _told(send_digest(by=by, now=now))


def _told(told: Told) -> dict[str, Any]:
    return {"due": told.due, "people": told.people, "holidays_assumed": told.assumed}


def _deliver(by: Actor, now: datetime) -> dict[str, Any]:
    rule = rule_on(local_day(now))
    done = notices.deliver_due(by=by, now=now, rule=rule, workdays=workdays(), clock=timezone.now)
    return {**done.counts, "down": done.down}


def _tidy(by: Actor, now: datetime) -> dict[str, Any]:
    lost = work.reap(by=by, now=now)
    keep = rule_on(local_day(now)).sending.keep_days
    numbers, files = advice.forget_numbers(by=by, now=now), audit.sweep_files(by=by, now=now)
    told = notices.tidy(by=by, now=now, keep_days=keep)
    return {"work_lost": lost, "messages": told, "numbers": numbers, "files": files}


JOBS: list[Step] = [
    Step("policy", gettext_noop("登记政策版本"), _policy, DAY),
    # Before the duties: what opens today belongs to who is responsible from today on.
    Step("handovers", gettext_noop("办理到期的交接"), _handovers, HOUR),
    Step("duties", gettext_noop("生成应尽职责、移交变动"), _duties, HOUR),
    Step("questions", gettext_noop("离任人员的企业提问转由现主包保人"), _questions, HOUR),
    Step("tasks", gettext_noop("任务随包保关系移交、企业都办完的办结"), _tasks, HOUR),
    Step("problems", gettext_noop("问题随企业和人员变动转交，超时自动上报上一级"), _problems, HOUR),
    Step("reports", gettext_noop("举报待办提醒、防报复回访、到期删除"), _reports, DAY),
    Step("visits", gettext_noop("结束已登记的督导安排"), _visits, HOUR),
    Step("staff", gettext_noop("复核企业人员的权限"), _staff, HOUR),
    Step("hints", gettext_noop("查找请说明的记录"), _hints, HOUR),
    Step("alarms", gettext_noop("逾期即时提醒"), _alarms),
    Step("digest", gettext_noop("每日提醒"), _digest),
    Step("deliver", gettext_noop("发送消息"), _deliver),
    Step("tidy", gettext_noop("清理过期消息"), _tidy, DAY),
]
