"""The leader's table: children of a unit, drill-down to the person and the rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

from anwang.domain.base import Level, Refusal, gettext_noop
from anwang.domain.calendar import Period, PeriodKind, local_day
from anwang.domain.duties.span import span_of
from anwang.domain.duties.status import label, light, status_on
from anwang.domain.grid.codes import digits_of
from anwang.features.grid import queries as grid
from anwang.features.policies import queries as policies
from anwang.web.asked import number, page_size, unit_of
from anwang.web.requests import Request

from .. import queries
from ..queries.rows import STATES
from .exports import TableSheet, table_workbook

#: State → words of its column.
COLUMNS = {
    "expected": gettext_noop("应尽"),
    "done": gettext_noop("已完成"),
    "in_time": gettext_noop("按时"),
    "late": gettext_noop("逾期完成"),
    "overdue": gettext_noop("逾期未完成"),
    "ahead": gettext_noop("未到期"),
    "waived": gettext_noop("免除"),
    "due": gettext_noop("到期应完成"),
    "due_done": gettext_noop("到期已完成"),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """What the address asks for, checked."""

    unit: int
    span: queries.Span
    rule: str
    person: int | None
    state: str
    exact: bool
    level: str


def _choice(request: Request, *, halves: bool = False) -> Choice:
    asked = request.GET
    unit = unit_of(request)
    rule = asked.get("rule", "")
    if rule and rule not in {each.code for each in policies.current().duty_rules(local_day(request.now))}:
        raise Refusal("bad_rule", gettext_noop("没有第 %(rule)s 条规定。"), rule=rule)
    person = number(asked.get("person", ""))
    state = asked.get("state") or "expected"
    if state not in STATES:
        raise Refusal("bad_state", gettext_noop("没有“%(state)s”这一类。"), state=state)
    level = asked.get("level", "") if asked.get("level") in set(Level) else ""
    span = queries.span_of(asked.get("period", ""), local_day(request.now), halves=halves)
    return Choice(unit, span, rule, person, state, asked.get("exact") == "1", level)


def _spans(span: queries.Span, today: date) -> list[Period]:
    """The same stretch in other kinds; around today where the stretch holds it."""
    day = today if today in span.period else span.period.last
    kinds = (PeriodKind.MONTH, PeriodKind.QUARTER, PeriodKind.HALF_YEAR, PeriodKind.YEAR)
    return [span.period if span.period.kind is kind else Period.containing(kind, day) for kind in kinds]


def table(request: Request) -> HttpResponse:
    """A unit's children with their sums; every number opens its rows."""
    choice = _choice(request)
    today = local_day(request.now)
    view = queries.unit_table(choice.unit, span=choice.span, today=today, rule=choice.rule)
    context = {
        "view": view, "choice": choice, "spans": _spans(choice.span, today),
        "path": grid.path_within(request.actor, choice.unit),
        "rules": policies.current().duty_rules(today), "today": today, "page_clause": "四.2",
        "drill": digits_of(choice.unit) < 9,
        "chart": _chart(view),
    }  # fmt: skip
    return render(request, "statistics/table.html", context)


def _chart(view: queries.TableView) -> dict[str, object]:
    """Done, overdue and ahead of each child, as stacked bars."""
    series = [("in_time", "green"), ("late", "yellow"), ("overdue", "red"), ("ahead", "grey")]
    return {
        "categories": [line.name for line in view.lines],
        "unit": _("项"),
        "series": [
            {"name": _(COLUMNS[part]), "colour": colour, "data": [getattr(line, part) for line in view.lines]}
            for part, colour in series
        ],
    }


def rows(request: Request) -> HttpResponse:
    """The obligations behind one number."""
    choice = _choice(request, halves=True)
    today = local_day(request.now)
    asked = queries.RowFilter(
        choice.unit, choice.span, choice.state, choice.rule, choice.person, choice.exact, choice.level
    )  # fmt: skip
    found = queries.obligation_rows(request.actor, asked, today=today)
    page = Paginator(found, page_size(request, 50)).get_page(request.GET.get("page"))
    rules = {rule.code: rule for rule in policies.current().duty_rule_versions}
    listed = []
    for row in page:
        rule = rules[row.rule]
        state = status_on(today, row.start, row.miss, row.done_at is not None, row.late, row.waived_at is not None)
        soon = rule.soon_days
        shown = (_(label(state, row.due, today, soon)), light(state, row.due, today, soon))
        listed.append((row, rule, span_of(row.period, row.start, row.due), *shown))
    person = listed[0][0].person.name if choice.person and listed else ""
    context = {
        "page": page, "listed": listed, "person": person, "choice": choice, "columns": COLUMNS,
        "halves": choice.span.period.kind is PeriodKind.HALF_MONTH,
        "path": grid.path_within(request.actor, choice.unit),
        "state_label": COLUMNS[choice.state], "today": today, "page_clause": "四.2",
    }  # fmt: skip
    return render(request, "statistics/rows.html", context)


def export(request: Request) -> HttpResponseBase:
    """The table as XLSX; `by_rule=1` adds what was due and what is overdue of each rule."""
    choice = _choice(request)
    today = local_day(request.now)
    view = queries.unit_table(choice.unit, span=choice.span, today=today, rule=choice.rule)
    rules = policies.current().duty_rules(today) if request.GET.get("by_rule") == "1" and not choice.rule else ()
    by_rule = {
        rule.code: queries.unit_table(choice.unit, span=choice.span, today=today, rule=rule.code) for rule in rules
    }
    names = {rule.code: f"{rule.number}. {_(rule.short)}" for rule in rules}
    sheet = TableSheet(view, COLUMNS, {names[code]: table for code, table in by_rule.items()})
    return table_workbook(sheet, by=request.actor, now=request.now)
