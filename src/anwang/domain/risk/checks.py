"""Faults of a set of grading rules, found when a policy is loaded."""

from __future__ import annotations

from anwang.domain.base import Grade, Reason, gettext_noop
from anwang.domain.risk.rules import GradingItem, GradingRules, ItemKind

COUNTED = {
    ItemKind.ACCIDENTS: gettext_noop("事故次数"),
    ItemKind.PERSONS: gettext_noop("作业人数"),
}


def rule_faults(rules: GradingRules) -> list[Reason]:
    """Empty limits, items with one code, and counts at which more would grade milder, each named by its item."""
    faults = []
    codes = [item.code for item in rules.items]
    for code in sorted({code for code in codes if codes.count(code) > 1}):
        faults.append(Reason("risk.rules.code", gettext_noop("分级条目编号 %(code)s 重复"), {"code": code}))
    for item in rules.items:
        if item.at_least is not None and item.below is not None and item.below <= item.at_least:
            text = gettext_noop("分级条目 %(code)s 的上限（不足 %(below)d）应大于下限（%(at_least)d 以上）")
            params = {"code": item.code, "below": item.below, "at_least": item.at_least}
            faults.append(Reason("risk.rules.limits", text, params, item.clause))
    for kind, word in COUNTED.items():
        faults += _drops([item for item in rules.items if item.kind is kind], word, rules.otherwise)
    return faults


def _drops(items: list[GradingItem], word: str, otherwise: Grade) -> list[Reason]:
    """Where one more of what is counted would grade milder: a gap between two items."""
    limits = [limit for item in items for limit in (item.at_least, item.below) if limit is not None]
    before, faults = otherwise.rank, []
    for count in range(1, max(limits, default=0) + 1):
        rank = min((item.grade.rank for item in items if item.covers(count)), default=otherwise.rank)
        if rank > before:
            text = gettext_noop("%(what)s为 %(count)d 时等级反而降低，请检查各条目的上下限是否衔接")
            faults.append(Reason("risk.rules.gap", text, {"what": word, "count": count}))
        before = rank
    return faults
