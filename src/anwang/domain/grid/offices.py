"""Who may hold which post, lead a unit, sponsor a unit (通知 二.2, 三.1): pure decisions for button and action."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from anwang.domain.base import ALLOWED, Decision, Level, gettext_noop, refuse
from anwang.domain.grid.codes import covers, level_of

#: Kinds that belong to one level. A department's people may serve at any level above the village.
LEVEL_OF_KIND = {
    "bureau": Level.CITY,
    "county_bureau": Level.COUNTY,
    "township_leader": Level.TOWNSHIP,
    "township_safety": Level.TOWNSHIP,
    "village_principal": Level.VILLAGE,
    "village_deputy": Level.VILLAGE,
    "system_admin": Level.CITY,
    "security_admin": Level.CITY,
    "audit_admin": Level.CITY,
}
ADMINISTRATOR_KINDS = frozenset({"system_admin", "security_admin", "audit_admin"})
LONGEST_AHEAD = timedelta(days=366)


def may_hold(kind: str, unit: int) -> Decision:
    """Does a post of this kind exist at the unit's level? A principal's post stands at the enterprise's place."""
    level = level_of(unit)
    wanted = LEVEL_OF_KIND.get(kind)
    if level is None or (wanted is not None and level is not wanted):
        text = gettext_noop("该任职类别应设在%(wanted)s一级，所选网格是%(level)s。")
        return refuse("post_level", text, wanted=(wanted or Level.CITY).label, level=level.label if level else "—")
    if kind == "department" and level is Level.VILLAGE:
        return refuse("post_level", gettext_noop("村居一级没有科室，请选择乡镇、县区或市。"))
    return ALLOWED


def powers_apart(kind: str, held: Iterable[str]) -> Decision:
    """The three administrators are three people: nobody holds two of the three powers."""
    if kind in ADMINISTRATOR_KINDS and ADMINISTRATOR_KINDS & (set(held) - {kind}):
        return refuse("administrators_separate", gettext_noop("系统、安全、审计三类管理员应由不同的人担任。"))
    return ALLOWED


def may_lead(post_unit: int, unit: int) -> Decision:
    """A 网格长 serves in the unit that he leads (三.1 本级网格长)."""
    if post_unit != unit:
        return refuse("leader_elsewhere", gettext_noop("网格长应从本级网格任职的人员中确定。"), clause="三.1")
    return ALLOWED


def may_sponsor(post_unit: int, unit: int) -> Decision:
    """市包县区、县区包乡镇、乡镇包村居: a sponsor serves exactly one level above, over that unit."""
    level = level_of(unit)
    if level is None or level is Level.CITY:
        return refuse("sponsor_level", gettext_noop("分管包联从县区、乡镇、村居三级设立。"), clause="三.1")
    if level_of(post_unit) is not level.above or not covers(post_unit, unit):
        text = gettext_noop("%(level)s应由上一级（%(above)s）在任人员分管包联。")
        return refuse("sponsor_level", text, clause="三.1", level=level.label, above=level.above and level.above.label)
    return ALLOWED


def may_date(start: date, today: date) -> Decision:
    """A start or end is a day within a year from now at the latest, and not before the grid existed."""
    if start.year < 2000 or start > today + LONGEST_AHEAD:
        return refuse("date_range", gettext_noop("日期 %(day)s 不合理：应在 2000 年以后、一年以内。"), day=start)
    return ALLOWED


def may_end(start: date, end: date, today: date) -> Decision:
    """An end comes not before the beginning."""
    if end < start:
        return refuse("end_before_start", gettext_noop("终止日期早于开始日期 %(start)s。"), start=start)
    return may_date(end, today)
