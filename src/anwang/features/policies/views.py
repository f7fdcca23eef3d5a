"""The policy in force, clause by clause, with what carries each clause out."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from anwang.domain.base import Level, gettext_noop
from anwang.domain.calendar import local_day
from anwang.domain.duties.rules import DutyRule
from anwang.domain.ladder.rules import ProblemKind
from anwang.domain.policy import Policy
from anwang.domain.policy.values import sections

from . import queries

#: Words for the screens that clauses link to.
SCREENS = {
    "coverage": gettext_noop("包保覆盖"),
    "enterprise_list": gettext_noop("企业名册"),
    "roster_import": gettext_noop("导入名册"),
    "person_list": gettext_noop("包保人员"),
    "grid_tree": gettext_noop("五级网格"),
    "assign_plan": gettext_noop("包保分配"),
    "commitment_list": gettext_noop("承诺书"),
    "posting_list": gettext_noop("公示"),
    "duty_home": gettext_noop("我的履职"),
    "contact_new": gettext_noop("登记履职"),
    "leader_table": gettext_noop("履职统计"),
    "question_list": gettext_noop("首问答复"),
    "relay_list": gettext_noop("政策通知"),
    "entry_list": gettext_noop("常用解答"),
    "material_list": gettext_noop("警示教育资料"),
    "task_mine": gettext_noop("我的任务"),
    "task_issued": gettext_noop("下达任务"),
    "visit_plan": gettext_noop("督导计划"),
    "visit_unit": gettext_noop("督导安排"),
    "visits_often": gettext_noop("督导纪律"),
    "complaint_list": gettext_noop("投诉"),
    "measure_list": gettext_noop("远程督导措施"),
    "contact_list": gettext_noop("督导记录"),
    "hint_own": gettext_noop("请说明的提示"),
    "paper": gettext_noop("纸质与表格"),
    "handover_list": gettext_noop("交接"),
    "problem_list": gettext_noop("问题闭环"),
    "public_home": gettext_noop("公开页面"),
    "attachment5": gettext_noop("信息统计表"),
    "policy_page": gettext_noop("方案条款"),
}


MANAGING = {"city": gettext_noop("市管"), "county": gettext_noop("县区管"), "local": gettext_noop("属地")}


def _asked(rule: DutyRule) -> str:
    """The answers without which the duty does not count."""
    asked = (gettext(answer.label) for answer in rule.answers if answer.required or answer.must_be)
    return gettext("；").join(asked)


def page(request: HttpRequest) -> HttpResponse:
    """Public: the notice, its rules with dates, and where the product carries them out."""
    policy = queries.current()
    today = local_day(timezone.now())
    context = {
        "policy": policy,
        "rows": queries.clause_rows(policy, titles=SCREENS, on=today),
        "duty_rules": [(rule, _asked(rule)) for rule in policy.duty_rules(today)],
        "grading": policy.grading(today),
        "level_rules": [
            (
                rule,
                [MANAGING[kind] for kind in MANAGING if kind in rule.managing],
                sorted(rule.grades, key=lambda grade: grade.rank),
            )
            for rule in policy.level_rules(today)
        ],
        "weights": policy.weights(today),
        "milestones": policy.milestones(today),
        "documents": policy.documents(today),
        "today": today,
        **_values(policy, today),
    }
    return render(request, "policies/page.html", context)


def _values(policy: Policy, today: date) -> dict[str, Any]:
    """The numbers in force: of the ladder by kind and level, of the other sections by key."""
    levels = [level for level in reversed(Level) if level is not Level.ENTERPRISE]
    rules = [policy.ladder(kind, today) for kind in ProblemKind]
    clocks = [{clock.level: clock for clock in rule.clocks} for rule in rules]
    ladders = [(rule, [(level, by.get(level)) for level in levels]) for rule, by in zip(rules, clocks, strict=True)]
    return {"sections": sections(policy, today), "ladder_levels": levels, "ladders": ladders}


def clause(request: HttpRequest, code: str) -> HttpResponse:
    """A clause by its code: its place on the page."""
    known = {each.code for each in queries.current().clauses}
    return redirect(reverse("policy_page") + (f"#{code}" if code in known else ""))
