"""The year of an enterprise in 39 cells: 24 half-months, 12 of three quarterly rules, 2 halves and 1 year."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext

from anwang.domain.calendar import Period, PeriodKind, periods_between
from anwang.domain.duties import status as how
from anwang.domain.duties.due import period_kind
from anwang.domain.duties.rules import DutyRule
from anwang.domain.duties.status import Status
from anwang.features.policies import queries as policies
from anwang.web.periods import period_words

from ..models import Obligation
from .rows import unable_of

Facts = tuple[int, date, date, date, datetime | None, bool, datetime | None]
CELL = {Status.DONE: "done", Status.DONE_LATE: "late", Status.WAIVED: "none", Status.UPCOMING: "ahead"}


@dataclass(frozen=True, slots=True)
class Cell:
    """One duty of the year as the strip component shows it."""

    state: str
    title: str
    span: int
    url: str = ""


def strips(enterprises: Iterable[int], day: date) -> dict[int, list[Cell]]:
    """The cells of this year for each enterprise, two queries whatever their number."""
    wanted = list(enterprises)
    frame = _frame(day)
    rows: dict[int, dict[tuple[str, str], Facts]] = defaultdict(dict)
    found = Obligation.objects.filter(
        enterprise_id__in=wanted, period__gte=str(day.year), period__lt=str(day.year + 1)
    ).values_list("enterprise_id", "rule", "period", "id", "start", "due", "miss", "done_at", "late", "waived_at")
    for firm, rule, period, *facts in found:
        rows[firm][rule, period] = tuple(facts)  # type: ignore[assignment]
    late = (facts[0] for own in rows.values() for facts in own.values() if facts[4] is None and facts[1] <= day)
    unable = unable_of(late)
    return {
        firm: [_cell(rule, period, rows[firm].get((rule.code, period.key)), day, unable) for rule, period in frame]
        for firm in wanted
    }


def _frame(day: date) -> list[tuple[DutyRule, Period]]:
    """The duties of the year in the strip's order: row by row, the shortest period first."""
    rules = [(kind, rule) for rule in policies.current().duty_rules(day) if (kind := period_kind(rule))]
    order = list(PeriodKind)
    rules.sort(key=lambda each: (order.index(each[0]), each[1].number))
    first, end = date(day.year, 1, 1), date(day.year + 1, 1, 1)
    return [(rule, period) for kind, rule in rules for period in periods_between(kind, first, end)]


def _cell(rule: DutyRule, period: Period, facts: Facts | None, day: date, unable: dict[int, str]) -> Cell:
    span = 24 // period.kind.per_year
    name = f"{period_words(period, year=False)} {gettext(rule.short)}"
    if facts is None:
        state, word = ("ahead", gettext("未到期")) if period.first > day else ("none", gettext("不适用"))
        return Cell(state, f"{name}：{word}", span)
    key, start, due, miss, done, late, waived = facts
    state = how.status_on(day, start, miss, done is not None, late, waived is not None)
    soon = rule.soon_days
    word = gettext(how.label(state, due, day, soon))
    if key in unable and state in (Status.OPEN, Status.MISSED):
        return Cell("unable", f"{name}：{gettext('暂无法完成')}（{unable[key]}）", span, _url(key))
    return Cell(CELL.get(state) or _open(state, due, day, soon), f"{name}：{word}", span, _url(key))


def _open(state: Status, due: date, day: date, soon: int) -> str:
    if how.overdue(state, due, day):
        return "overdue"
    return "due" if how.due_soon(state, due, day, soon) else "open"


def _url(key: int) -> str:
    return reverse("obligation_detail", args=[key])
