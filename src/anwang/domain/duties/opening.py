"""Which obligations exist: every operating enterprise, every rule with a cadence, every period, once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from anwang.domain.calendar import Period, periods_between
from anwang.domain.duties.due import Deadlines, deadlines, period_kind
from anwang.domain.duties.rules import DutyRule
from anwang.domain.duties.span import TaskSpan


class AssignmentSpan(NamedTuple):
    """An assignment and the days [start, end) in which it holds, `end` None is open; a joint one has `lead` False."""

    assignment: int
    enterprise: int
    person: int
    post: int
    lead: bool
    start: date
    end: date | None


class OperatingSpan(NamedTuple):
    """Days [start, end) in which an enterprise operates: neither suspended nor closed. `end` None is open."""

    enterprise: int
    start: date
    end: date | None


class Opening(NamedTuple):
    """An obligation to open; unique by (enterprise, rule_code, period.key). The responsible person is frozen on it."""

    enterprise: int
    rule_code: str
    period: Period | TaskSpan
    start: date
    due: date
    miss: date
    grace: bool
    assignment: int
    person: int
    post: int

    @property
    def key(self) -> tuple[int, str, str]:
        return self.enterprise, self.rule_code, self.period.key


class Openings(NamedTuple):
    """`openings` in order of enterprise and rule; `without_lead`: enterprises that operate and nobody answers for."""

    openings: list[Opening]
    without_lead: list[int]


def periods_to_open(rules: Iterable[DutyRule], on: date, since: date | None = None) -> list[Period]:
    """The periods, in order, of every cadence in force that contain `on`, or any day from `since` to it.

    `since` is the day of the last run, so that a scheduler that slept over the end of a period loses none.
    """
    first, end = since or on, on + timedelta(days=1)
    periods: set[Period] = set()
    for rule in rules:
        if kind := period_kind(rule):
            from_day, to_day = max(first, rule.valid_from), min(end, rule.valid_to or end)
            periods.update(periods_between(kind, from_day, to_day))
    return sorted(periods)


def obligations_to_open(
    period: Period,
    rules: Iterable[DutyRule],
    assignments: Iterable[AssignmentSpan],
    operating: Iterable[OperatingSpan],
) -> Openings:
    """The obligations of a period, from the facts that touch it; the caller leaves out those that exist already.

    Responsible is the lead on the period's first day, or on the first day on which the enterprise operates, the rule is
    in force and a lead holds. Rules on demand and rules of another cadence open none. An enterprise that operates on no
    day of the period owes nothing.
    """
    chosen = _rules_of(period, rules)
    leads, spans = _by_enterprise(period, assignments, operating)
    openings: list[Opening] = []
    without_lead: list[int] = []
    for enterprise in sorted(spans) if chosen else ():
        found = [_open(enterprise, rule, period, leads[enterprise], spans[enterprise]) for rule in chosen]
        opened = [opening for opening in found if opening]
        openings += opened
        if not opened and _owes(chosen, spans[enterprise]):
            without_lead.append(enterprise)
    return Openings(openings, without_lead)


class _Rule(NamedTuple):
    rule: DutyRule
    from_day: date
    to_day: date
    usual: Deadlines


def _rules_of(period: Period, rules: Iterable[DutyRule]) -> list[_Rule]:
    """One version of each rule of the period's cadence: the one in force on the first day, else the first to come."""
    chosen: dict[str, _Rule] = {}
    for rule in sorted(rules, key=lambda rule: (rule.number, rule.code, rule.valid_from)):
        from_day, to_day = max(period.first, rule.valid_from), min(period.end, rule.valid_to or period.end)
        if period_kind(rule) is period.kind and from_day < to_day:
            chosen.setdefault(rule.code, _Rule(rule, from_day, to_day, deadlines(rule, period)))
    return list(chosen.values())


def _by_enterprise(
    period: Period, assignments: Iterable[AssignmentSpan], operating: Iterable[OperatingSpan]
) -> tuple[defaultdict[int, list[AssignmentSpan]], defaultdict[int, list[OperatingSpan]]]:
    first, end = period.first, period.end
    leads: defaultdict[int, list[AssignmentSpan]] = defaultdict(list)
    spans: defaultdict[int, list[OperatingSpan]] = defaultdict(list)
    for lead in assignments:
        if lead.lead and lead.start < end and (lead.end is None or first < lead.end):
            leads[lead.enterprise].append(lead)
    for span in operating:
        if span.start < end and (span.end is None or first < span.end):
            spans[span.enterprise].append(span)
    return leads, spans


def _owes(rules: Sequence[_Rule], spans: Sequence[OperatingSpan]) -> bool:
    """Whether the enterprise operates on a day on which one of the rules is in force."""
    return any(
        max(rule.from_day, span.start) < min(rule.to_day, span.end or rule.to_day) for rule in rules for span in spans
    )


def _open(
    enterprise: int, rule: _Rule, period: Period, leads: Sequence[AssignmentSpan], spans: Sequence[OperatingSpan]
) -> Opening | None:
    found = _first_day(rule, leads, spans)
    if found is None:
        return None
    day, lead = found
    when = rule.usual if day == period.first else deadlines(rule.rule, period, day)
    return Opening(
        enterprise,
        rule.rule.code,
        period,
        when.start,
        when.due,
        when.miss,
        when.grace,
        lead.assignment,
        lead.person,
        lead.post,
    )


def _first_day(
    rule: _Rule, leads: Sequence[AssignmentSpan], spans: Sequence[OperatingSpan]
) -> tuple[date, AssignmentSpan] | None:
    best: tuple[date, AssignmentSpan] | None = None
    for lead in leads:
        for span in spans:
            day = max(rule.from_day, lead.start, span.start)
            last = min(rule.to_day, lead.end or rule.to_day, span.end or rule.to_day)
            if day < last and (best is None or (day, lead.assignment) < (best[0], best[1].assignment)):
                best = day, lead
    return best
