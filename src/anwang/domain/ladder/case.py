"""A problem on one rung: who acts next, by which day, and what silence does. No open case is without both.

Days are whole days in Asia/Shanghai, limits inclusive. The age counts from the first report, whatever happens; the
limits of a level run from the arrival at that level (policy: ladder.yaml). A reopened case keeps its first day.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from anwang.domain.base import ALLOWED, Decision, Level, gettext_noop, refuse
from anwang.domain.ladder.rules import LadderRule
from anwang.domain.ladder.states import ENDED, WAITING, State, may_become

CLAUSE = "三.4"


class Part(StrEnum):
    """Whose turn it is."""

    UNIT = "unit"
    DEPARTMENT = "department"
    ENTERPRISE = "enterprise"
    TRACKER = "tracker"
    REPORTER = "reporter"

    @property
    def label(self) -> str:
        return PART_LABELS[self]


PART_LABELS = {
    Part.UNIT: gettext_noop("本级网格长"),
    Part.DEPARTMENT: gettext_noop("科室（单位）"),
    Part.ENTERPRISE: gettext_noop("企业"),
    Part.TRACKER: gettext_noop("跟踪人"),
    Part.REPORTER: gettext_noop("报告人"),
}


class Silence(StrEnum):
    """What the passing of a limit does by itself."""

    CLIMBS = "climbs"
    REOPENS = "reopens"
    OVERDUE = "overdue"


@dataclass(frozen=True, slots=True)
class Case:
    """What the ladder reads of a problem. `given`: the day set for department or enterprise; `until`: accepted risk
    ends; `returned`: the day it went back to the reporter; `extended`: what an approved extension moved the limit to.
    """

    state: State
    level: Level
    arrived: date
    given: date | None = None
    until: date | None = None
    returned: date | None = None
    extended: date | None = None
    extensions: int = 0


def accept_due(case: Case, rule: LadderRule) -> date:
    """The last day on which the leader of this level may be silent."""
    return case.arrived + timedelta(days=_clock(case, rule)[0])


def solve_due(case: Case, rule: LadderRule) -> date:
    """The last day of this level, moved only by an approved extension."""
    plain = case.arrived + timedelta(days=_clock(case, rule)[1])
    return max(plain, case.extended) if case.extended else plain


def _clock(case: Case, rule: LadderRule) -> tuple[int, int]:
    """(accept, solve) days of the level; a level where the ladder does not stop takes those of the next one up."""
    at = next((clock for clock in rule.clocks if clock.level.rank <= case.level.rank), rule.clocks[-1])
    return at.accept_days, at.solve_days


def next_part(case: Case) -> Part | None:
    """Who acts next; none only when it is over."""
    match case.state:
        case State.CLOSED | State.WITHDRAWN:
            return None
        case State.RETURNED:
            return Part.REPORTER
        case State.HANDED:
            return Part.DEPARTMENT
        case State.RECTIFYING:
            return Part.ENTERPRISE
        case State.RECTIFIED:
            return Part.TRACKER
    return Part.UNIT


def next_due(case: Case, rule: LadderRule) -> date | None:
    """By which day; none only when it is over. Nobody is given a day after the level's own."""
    if case.state in ENDED:
        return None
    if case.state is State.RISK:
        return case.until or case.arrived
    if case.state in WAITING:
        return accept_due(case, rule)
    if case.state is State.RETURNED:
        return (case.returned or case.arrived) + timedelta(days=_clock(case, rule)[0])
    last = solve_due(case, rule)
    if case.state in (State.HANDED, State.RECTIFYING) and case.given:
        return min(case.given, last)
    return last


def limit(case: Case, rule: LadderRule) -> date | None:
    """The day after which silence acts: the level's own limit, not the day given to department or enterprise."""
    if case.state in (State.HANDED, State.RECTIFYING):
        return solve_due(case, rule)
    return next_due(case, rule)


def silence(case: Case, rule: LadderRule, day: date) -> Silence | None:
    """What happens by itself on a day; at the top of the ladder nothing is left but to say that it is overdue."""
    last = limit(case, rule)
    if last is None or day <= last:
        return None
    if case.state is State.RISK:
        return Silence.REOPENS
    return Silence.CLIMBS if rule.next_hop(case.level) else Silence.OVERDUE


def moved(case: Case, to: State, *, given: date | None = None, until: date | None = None,
          returned: date | None = None) -> Case:  # fmt: skip
    """The case in another state at the same level."""
    return replace(case, state=to, given=given, until=until, returned=returned)


def at_level(case: Case, to: State, level: Level, day: date) -> Case:
    """The case as it arrives at a level: its limits run from this day; the first report stays where it is stored."""
    return Case(to, level, day)


def may_climb(case: Case, rule: LadderRule) -> Decision:
    """Whether there is a next leader above."""
    decision = may_become(case.state, State.ESCALATED)
    if decision and rule.next_hop(case.level) is None:
        return refuse("ladder_top", gettext_noop("已到最高一级网格长，不能再上报。"), clause=CLAUSE)
    return decision


def may_give(case: Case, rule: LadderRule, given: date, today: date) -> Decision:
    """A day for department or enterprise: not past, not after this level's own last day."""
    last = solve_due(case, rule)
    if given < today:
        return refuse("day_past", gettext_noop("期限不能早于今天。"), clause=CLAUSE)
    if given > last:
        text = gettext_noop("期限不能晚于本级的办理期限 %(last)s；来不及的请先申请延期，或上报上级。")
        return refuse("day_beyond", text, clause=CLAUSE, last=last)
    return ALLOWED


def may_ask(case: Case, rule: LadderRule) -> Decision:
    """Whether more time may be asked for at all: so often as the policy lets it at one level."""
    if case.state in (*WAITING, *ENDED, State.RETURNED, State.RISK):
        return refuse("not_working", gettext_noop("受理后、销号前才能申请延期。"), clause=CLAUSE)
    if case.extensions >= rule.extensions:
        text = gettext_noop("这类问题在本级最多延期 %(most)s 次，已经用完，请上报上级。")
        return refuse("extensions_used", text, clause=CLAUSE, most=rule.extensions)
    return ALLOWED


def may_extend(case: Case, rule: LadderRule, wanted: date, today: date) -> Decision:
    """延期: so often and so long as the policy lets it, counted from this level's last day."""
    if not (decision := may_ask(case, rule)):
        return decision
    last = solve_due(case, rule)
    if not last < wanted <= last + timedelta(days=rule.extension_days) or wanted < today:
        text = gettext_noop("延期应晚于 %(last)s 且不晚于 %(most)s，不早于今天。")
        most = last + timedelta(days=rule.extension_days)
        return refuse("extension_days", text, clause=CLAUSE, last=last, most=most)
    return ALLOWED


def may_accept_risk(case: Case, rule: LadderRule, until: date, today: date) -> Decision:
    """限期接受风险: only kinds for which the policy gives days, only until a date."""
    if not rule.risk_days:
        return refuse("risk_never", gettext_noop("这类问题必须整改，不能接受风险。"), clause=CLAUSE)
    if not today < until <= today + timedelta(days=rule.risk_days):
        text = gettext_noop("接受风险的日期应晚于今天，最长 %(most)s 天；到期自动重新打开。")
        return refuse("risk_days", text, clause=CLAUSE, most=rule.risk_days)
    return may_become(case.state, State.RISK)


def may_verify(rule: LadderRule, doer: int | None, person: int | None) -> Decision:
    """Of a serious problem somebody else than the doer verifies; the doer is known by the key of the person."""
    if rule.serious and (person is None or doer == person):
        return refuse("verify_own", gettext_noop("整改由您办理，应由另一人核实。"), clause=CLAUSE)
    return ALLOWED


def may_list(case: Case, rule: LadderRule) -> Decision:
    """挂牌督办: kinds and levels that the policy names, while it is open."""
    if case.state in ENDED:
        return refuse("problem_over", gettext_noop("问题已经结束。"), clause=CLAUSE)
    if case.level not in rule.listed_by:
        return refuse("list_level", gettext_noop("这类问题不由本级挂牌督办。"), clause=CLAUSE)
    return ALLOWED
