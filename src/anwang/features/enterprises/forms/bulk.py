"""What may be done with many enterprises at once: the choices of the batch bar and what each carries out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext

from anwang.domain.base import Actor, Grade, Refusal, gettext_noop
from anwang.domain.risk import HazardKind, RiskFacts
from anwang.features.policies import queries as policies

from .. import actions
from ..models import GRADES, Managing

_P, _E, _F = HazardKind.POISONING, HazardKind.EXPLOSION, HazardKind.FIRE


def _place(persons: int, *kinds: HazardKind) -> RiskFacts:
    return RiskFacts(hazard_kinds=frozenset(kinds), persons=persons)


#: Risk points that registers leave out and that many enterprises have; persons are the least that 附件6 asks for.
STANDARD_POINTS: dict[str, tuple[str, RiskFacts]] = {
    "source": (gettext_noop("重大危险源"), RiskFacts(major_hazard_source=True)),
    "dust10": (gettext_noop("粉尘爆炸危险场所（10 人以上）"), _place(10, _E)),
    "dust3": (gettext_noop("粉尘爆炸危险场所（3–9 人）"), _place(3, _E)),
    "crowd10": (gettext_noop("人员密集厂房、场所（火灾，10 人以上）"), _place(10, _F)),
    "ammonia3": (gettext_noop("涉氨制冷场所（3–9 人）"), _place(3, _P, _E)),
    "chemicals3": (gettext_noop("危险化学品储存使用场所（3–9 人）"), _place(3, _P, _E, _F)),
    "paint3": (gettext_noop("喷涂作业场所（3–9 人）"), _place(3, _E, _F)),
    "space3": (gettext_noop("有限空间作业场所（3–9 人）"), _place(3, _P)),
}


def choices(on: date) -> list[tuple[str, list[tuple[str, str]]]]:
    """Groups of (value, words) for the batch bar."""
    industries = [each for each in policies.current().industries if on in each.interval]
    return [
        (gettext("管理级别"), [(f"managing:{value}", gettext(str(label))) for value, label in Managing.choices]),
        (gettext("增加标准风险点"), [(f"point:{key}", gettext(name)) for key, (name, _f) in STANDARD_POINTS.items()]),
        (gettext("评价确定的等级"), [(f"evaluated:{value}", gettext(label)) for value, label in GRADES]),
        (gettext("行业"), [(f"industry:{each.code}", gettext(each.name)) for each in industries]),
    ]


def carry_out(do: str, by: Actor, now: datetime, ids: Sequence[int], on: date) -> tuple[Any, str]:
    """Do what was chosen; (change, its words). Refuses `choice_missing` and what the action refuses."""
    kind, _colon, value = do.partition(":")
    words = {name: label for _group, options in choices(on) for name, label in options}
    if do not in words:
        raise Refusal("choice_missing", gettext_noop("请选择要做的更改。"))
    base: dict[str, Any] = {"by": by, "now": now, "ids": ids}
    match kind:
        case "managing":
            return actions.set_managing(**base, managing=value), words[do]
        case "evaluated":
            return actions.set_evaluated(**base, grade=Grade(value)), words[do]
        case "industry":
            return actions.set_industry(**base, industry=value, label=words[do]), words[do]
        case _:
            name, facts = STANDARD_POINTS[value]
            return actions.add_standard_point(**base, name=name, facts=facts), words[do]
