"""Why something is left over, and what a person can do about it; why this person and not another."""

from __future__ import annotations

from anwang.domain.allocation.proposal import REASONS
from anwang.domain.base import gettext_noop

from .scope import FAULTS

ABOVE = "above"
WORDS = {**REASONS, **FAULTS, ABOVE: gettext_noop("按通知应由上级包保，不在本网格方案之内")}
"""Reason → sentence."""

ADVICE = {
    "no_rule": gettext_noop("在方案文件的包保层级规则里补上这一类企业。"),
    "place_unknown": gettext_noop("在企业名册里核定所在村居。"),
    "place_too_coarse": gettext_noop("在企业名册里把所在地核到村居或乡镇。"),
    "no_official": gettext_noop("在人员里登记该网格的包保任职，或由上一级指定一人。"),
    "all_forbidden": gettext_noop("取消一条回避，或由上一级指定一人。"),
    "no_enterprise": gettext_noop("管辖内没有企业：调整任职，或不列入全员包保。"),
    "all_conflicted": gettext_noop("管辖内的企业都须回避：由上一级另行安排。"),
    "post_unit": gettext_noop("在人员里更正任职的单位。"),
    "pin_outside": gettext_noop("取消这条指定，或改指定管辖该企业的人。"),
    "pin_forbidden": gettext_noop("取消指定或回避中的一条。"),
    ABOVE: gettext_noop("由市局或县区局在上级方案中分配，无需本级处理。"),
}
"""Reason → what to do."""

PARTS = {
    "distance": gettext_noop("路程"),
    "expertise": gettext_noop("行业不对口"),
    "surcharge": gettext_noop("层级加价"),
    "stability": gettext_noop("换人"),
    "rotation": gettext_noop("轮换"),
    "load": gettext_noop("负担"),
}
"""Part of a cost → word."""
