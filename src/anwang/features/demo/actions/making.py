"""Making a demonstration: stage after stage, each in a transaction of its own, each once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from time import perf_counter
from typing import Any

from django.db import transaction

from anwang.domain.base import Actor, Refusal, gettext_noop, silent
from anwang.domain.calendar import local_day
from anwang.features.audit import actions as audit
from anwang.features.duties import actions as duties

from ..models import DemoRun
from ..queries import current_run, real_data
from .advising import advise
from .confiding import confide
from .dividing import change_hands, divide
from .founding import load_people, load_roster, load_units, update_roster
from .handing import hand_over_some
from .history import explain_some, live_through, past_periods
from .judging import judge_visits
from .mornings import mornings
from .noticing import notice
from .opening import publish_some
from .papers import sign_and_post
from .picturing import picture_some
from .roles import open_roles
from .scoring import evaluate_some
from .sizes import SIZES
from .stage import Report, Stage
from .tasking import arrange_tasks
from .troubling import report_problems
from .visiting import plan_visits
from .welcoming import welcome

Carry = Callable[[Stage], dict[str, Any]]
STAGES: tuple[tuple[str, str, Carry], ...] = (
    ("grid", gettext_noop("网格"), load_units),
    ("people", gettext_noop("人员"), load_people),
    ("roster", gettext_noop("企业名册"), load_roster),
    ("plan", gettext_noop("包保分工"), divide),
    ("papers", gettext_noop("承诺书和公示"), sign_and_post),
    ("roles", gettext_noop("一键登录"), open_roles),
)


#: The half-month before which people leave and others take over.
CHANGE_AT = 17
#: One of the last half-months begins with a retirement, a leave and an enterprise that closes.
HAND_OVER_BEFORE_LAST = 2


@dataclass(frozen=True, slots=True)
class Made:
    """The demonstration that is there now; `again` when it was there before, `opened` duties are new since."""

    run: DemoRun
    again: bool
    opened: int = 0


def make_demo(
    *, by: Actor, now: datetime, size: str = "", seed: int | None = None, report: Report = lambda *_: None
) -> Made:
    """Make a demonstration (`size` one of SIZES, default county; `seed` default 1), or find it done.

    A broken run goes on where it stopped. Refuses `demo_real_data` beside data that is not marked, `demo_other` when
    another size or seed is there.
    """
    _insist_alone()
    run = _begin(by, now, size, seed)
    again = run.finished_at is not None
    stage = Stage(by, SIZES[run.size], run.seed, run.start, run.until, report)
    if not again:
        for name, label, carry in STAGES:
            _once(run, name, label, carry, stage)
        _live(run, stage)
        _once(run, "reasons", "", explain_some, stage)
        _once(run, "tasks", gettext_noop("临时任务"), arrange_tasks, stage)
        _once(run, "problems", gettext_noop("问题闭环"), report_problems, stage)
        _once(run, "advice", gettext_noop("首问和政策通知"), advise, stage)
        _once(run, "hints", "", notice, stage)
        _once(run, "pictures", "", picture_some, stage)
        _once(run, "opinions", "", judge_visits, stage)
        _once(run, "visits", gettext_noop("督导计划"), plan_visits, stage)
        _once(run, "portal", "", welcome, stage)
        _once(run, "reports", "", confide, stage)
        _once(run, "mornings", "", mornings, stage)
        _once(run, "published", "", publish_some, stage)
        _once(run, "evaluations", "", evaluate_some, stage)
        _finish(run, by, now)
    opened = duties.open_duties(by=by, now=now).opened if again else 0
    return Made(run, again, opened)


def _insist_alone() -> None:
    if names := real_data():
        text = gettext_noop("数据库里有非示例数据（如 %(name)s），不能生成示例。请另设 ANWANG_DATA。")
        raise Refusal("demo_real_data", text, name=names[0])


def _begin(by: Actor, now: datetime, size: str, seed: int | None) -> DemoRun:
    run = current_run()
    if run is None:
        return DemoRun.objects.create(
            size=size or "county", seed=1 if seed is None else seed, start=first_day(local_day(now)), until=now,
            made_at=now,
        )  # fmt: skip
    if (size and size != run.size) or (seed is not None and seed != run.seed):
        text = gettext_noop("已有示例：%(size)s、种子 %(seed)s。要生成另一个，请另设 ANWANG_DATA。")
        raise Refusal("demo_other", text, size=SIZES[run.size].label, seed=run.seed)
    return run


def first_day(today: date) -> date:
    """Where the history begins: the quarter of a year ago, so that at least twelve months lie behind."""
    return date(today.year - 1, (today.month - 1) // 3 * 3 + 1, 1)


def _live(run: DemoRun, stage: Stage) -> None:
    """The history, half-month after half-month; people change in the seventh month."""
    periods = list(past_periods(stage))
    for number, period in enumerate(periods):
        stage.report(number, len(periods), period.key)
        quiet = replace(stage, report=silent)  # the bar counts half-months
        if number == CHANGE_AT:
            _once(run, "update", "", partial(update_roster, day=period.first), quiet)
            _once(run, "handover", "", partial(change_hands, day=period.first), quiet)
        if number == len(periods) - HAND_OVER_BEFORE_LAST:
            _once(run, "handed", "", partial(hand_over_some, day=period.first), quiet)
        _once(run, period.key, "", partial(live_through, period=period), quiet)


@transaction.atomic
def _finish(run: DemoRun, by: Actor, now: datetime) -> None:
    run.finished_at = now
    DemoRun.objects.filter(id=run.id).update(finished_at=now)
    audit.record(by=by, now=now, action="demo.make", target=f"demo:{run.id}", size=run.size, seed=run.seed)


def _once(run: DemoRun, name: str, label: str, carry: Carry, stage: Stage) -> None:
    """Carry a stage out unless it is done, and remember that with what it wrote."""
    if name in run.done:
        return
    stage.report(0, 1, label)
    started = perf_counter()
    with transaction.atomic():
        figures = carry(stage)
        run.done = {**run.done, name: {**figures, "seconds": round(perf_counter() - started, 1)}}
        DemoRun.objects.filter(id=run.id).update(done=run.done)
    stage.report(1, 1, label)
