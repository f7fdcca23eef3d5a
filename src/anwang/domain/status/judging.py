"""From facts to the light: the worst source decides, what is not known is never green, a bad fact never helps."""

from __future__ import annotations

from datetime import date
from typing import Any

from anwang.domain.base import Reason, gettext_noop
from anwang.domain.status.rules import SafetyRules
from anwang.domain.status.sources import (
    DUTIES,
    EVALUATION,
    PROBLEMS,
    REPORTS,
    DutyFacts,
    EvaluationFacts,
    Light,
    ProblemFacts,
    ReportFacts,
    SafetyStatus,
    Source,
)

NO_DUTIES = gettext_noop("近 %(days)d 天没有到期的职责")
DUTIES_DONE = gettext_noop("近 %(days)d 天到期的 %(due)d 项职责没有逾期")
OVERDUE = gettext_noop("%(count)d 项职责逾期，还可补办")
MISSED = gettext_noop("近 %(days)d 天有 %(count)d 项职责逾期未办")
SHARE = gettext_noop("近 %(days)d 天到期的职责有 %(share)d%% 没有办")
NO_SIGHT = gettext_noop("问题情况不在您的职责范围内")
NO_PROBLEMS = gettext_noop("没有未销号的问题")
OPEN = gettext_noop("%(count)d 个问题未销号")
OPEN_OVERDUE = gettext_noop("%(count)d 个问题超过期限")
OPEN_MAJOR = gettext_noop("%(count)d 个重大隐患未销号")
NO_EVALUATION = gettext_noop("没有全要素评价结果")
OLD_EVALUATION = gettext_noop("全要素评价已超过 %(months)d 个月")
NO_REPORTS = gettext_noop("没有转给您办理的举报")
OPEN_REPORTS = gettext_noop("%(count)d 件举报由您办理，尚未办结，情况待核实")
SCORED = gettext_noop("全要素评价 %(score)s 分")


def judge(
    rules: SafetyRules,
    *,
    on: date,
    duties: DutyFacts,
    problems: ProblemFacts | None,
    evaluation: EvaluationFacts | None,
    reports: ReportFacts | None = None,
) -> SafetyStatus:
    """The safety status on a day. `problems` None: the reader may not see them; `evaluation` None: there is none;
    `reports` None: the reader handles none, and nothing says that there might be any (red line 4).

    Red or yellow as the worst source; else grey when one of `rules.must_know` is not known; else green.
    """
    told = (_reports(reports),) if reports is not None else ()
    sources = (_duties(rules, duties), _problems(rules, problems), _evaluation(rules, evaluation, on), *told)
    worst = max((source.light for source in sources), key=lambda light: light.rank)
    if worst.rank > Light.GREY.rank:
        return SafetyStatus(worst, sources)
    unknown = any(source.light is Light.GREY for source in sources if source.code in rules.must_know)
    known = any(source.light is Light.GREEN for source in sources)
    return SafetyStatus(Light.GREY if unknown or not known else Light.GREEN, sources)


def _duties(rules: SafetyRules, facts: DutyFacts) -> Source:
    days, late = rules.look_back_days, facts.overdue + facts.missed
    if not (facts.due or late):
        return Source(DUTIES, Light.GREY, (_why("status.no_duties", NO_DUTIES, days=days),))
    share = late * 100 // max(facts.due, late)
    light = max(
        _level(late, rules.overdue_yellow, rules.overdue_red),
        _level(facts.missed, rules.missed_yellow, rules.missed_red),
        Light.RED if late and share >= rules.share_red else Light.GREEN,
        key=lambda each: each.rank,
    )
    reasons = []
    if facts.missed:
        reasons.append(_why("status.missed", MISSED, days=days, count=facts.missed))
    if facts.overdue:
        reasons.append(_why("status.overdue", OVERDUE, count=facts.overdue))
    if late and share >= rules.share_red:
        reasons.append(_why("status.share", SHARE, days=days, share=share))
    done = _why("status.done", DUTIES_DONE, days=days, due=facts.due)
    return Source(DUTIES, light, tuple(reasons) or (done,), facts.on)


def _problems(rules: SafetyRules, facts: ProblemFacts | None) -> Source:
    if facts is None:
        return Source(PROBLEMS, Light.GREY, (_why("status.no_sight", NO_SIGHT),))
    if not (facts.open or facts.overdue or facts.major):
        return Source(PROBLEMS, Light.GREEN, (_why("status.no_problems", NO_PROBLEMS),))
    red = facts.major > 0 or facts.overdue >= rules.problem_overdue_red
    counts = (
        ("status.major", OPEN_MAJOR, facts.major),
        ("status.problem_overdue", OPEN_OVERDUE, facts.overdue),
        ("status.open", OPEN, facts.open),
    )
    reasons = tuple(_why(code, text, count=count) for code, text, count in counts if count)
    return Source(PROBLEMS, Light.RED if red else Light.YELLOW, reasons, facts.on)


def _evaluation(rules: SafetyRules, facts: EvaluationFacts | None, on: date) -> Source:
    if facts is None:
        return Source(EVALUATION, Light.GREY, (_why("status.no_evaluation", NO_EVALUATION),))
    months = (on.year - facts.on.year) * 12 + on.month - facts.on.month - (on.day < facts.on.day)
    if months >= rules.evaluation_months:
        why = _why("status.old_evaluation", OLD_EVALUATION, months=rules.evaluation_months)
        return Source(EVALUATION, Light.GREY, (why,), facts.on)
    light = Light.RED if facts.score < rules.score_red else Light.GREEN
    light = Light.YELLOW if light is Light.GREEN and facts.score < rules.score_yellow else light
    return Source(EVALUATION, light, (_why("status.scored", SCORED, score=f"{facts.score:g}"),), facts.on)


def _reports(facts: ReportFacts) -> Source:
    """Yellow while one is open: nobody has looked yet. None is no praise: it says nothing of the enterprise."""
    if not facts.open:
        return Source(REPORTS, Light.GREY, (_why("status.no_reports", NO_REPORTS),))
    return Source(REPORTS, Light.YELLOW, (_why("status.reports", OPEN_REPORTS, count=facts.open),), facts.on)


def _level(count: int, yellow: int, red: int) -> Light:
    if count >= red:
        return Light.RED
    return Light.YELLOW if count >= yellow else Light.GREEN


def _why(code: str, text: str, **params: Any) -> Reason:
    return Reason(code, text, params)
