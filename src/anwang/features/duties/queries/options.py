"""What one contact with an enterprise can do: which duties may be ticked, and why others may not (B1)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q

from anwang.domain.calendar import Period
from anwang.domain.duties.bundle import Candidate, bundle
from anwang.domain.duties.counting import form_fits
from anwang.domain.duties.due import period_kind
from anwang.domain.duties.rules import DutyRule, Form
from anwang.domain.duties.span import TaskSpan
from anwang.domain.grid.measures import RemoteMeasure
from anwang.features.grid import queries as grid
from anwang.features.policies import queries as policies

from ..models import Obligation
from .records import sentence
from .rows import OPEN, DutyRow, shown

#: Duties missed longer ago are no longer offered on a new record.
LOOK_BACK = timedelta(days=400)


@dataclass(frozen=True, slots=True)
class Option:
    """A duty that may be ticked: an obligation, or an on-demand rule (`row` None). `alone`: on a record of its own."""

    value: str
    rule: DutyRule
    row: DutyRow | None
    alone: bool

    @property
    def period(self) -> Period | TaskSpan | None:
        return self.row.period if self.row else None

    def named_by(self, value: str, day: date) -> bool:
        """By its own value, or by its rule: a phone that was offline when the period began knows no more than that."""
        if value == self.value or value != self.rule.code or self.row is None:
            return value == self.value
        return isinstance(self.row.period, Period) and self.row.start <= day <= self.row.due


@dataclass(frozen=True, slots=True)
class Desk:
    """The duties of one enterprise for one form on one day; `unfit` with the reason of each.

    `measure`: the health measure that holds there that day (四.4): a call or video may stand for a visit.
    """

    form: Form
    on_site: bool
    occurred_on: date
    options: tuple[Option, ...]
    unfit: tuple[tuple[DutyRow, str], ...]
    measure: RemoteMeasure | None = None

    def chosen(self, values: list[str]) -> list[Option]:
        """The options ticked."""
        return [each for each in self.options if any(each.named_by(value, self.occurred_on) for value in values)]


def desk(
    enterprise: int,
    *,
    day: date,
    form: Form,
    on_site: bool,
    occurred_on: date,
    wanted: int | None = None,
    again: int | None = None,
    place: int = 0,
) -> Desk:
    """Sort the enterprise's open duties by what this contact can do. `wanted` goes before others of its rule.

    `again` is a record that has been taken already: what it met is offered once more, so that a second sending of the
    same form is judged like the first. `place`: the enterprise's 12-digit code, to see which health measure holds.
    """
    state = OPEN | Q(fulfilments__contact_id=again) if again else OPEN
    rows = Obligation.objects.filter(state, enterprise_id=enterprise, start__lte=day, due__gte=day - LOOK_BACK)
    rows = rows.distinct() if again else rows
    known = {row.id: row for row in shown(rows.select_related("enterprise", "person"), day)}
    measure = grid.remote_measure(place, occurred_on) if place else None
    first = known.get(wanted) if wanted else None
    open_rows = [row for row in known.values() if first is None or row.rule.code != first.rule.code or row is first]
    sorted_ = bundle(
        [Candidate(row.id, row.rule, row.start, row.due) for row in open_rows], form, on_site, occurred_on,
        measure is not None,
    )  # fmt: skip
    options = [
        Option(str(each.obligation), each.rule, known[each.obligation], each in sorted_.alone)
        for each in (*sorted_.alone, *sorted_.together)
    ]
    options += _on_demand(day, form, on_site)
    unfit = tuple((known[each.obligation], sentence(reason)) for each, reason in sorted_.unfit)
    return Desk(form, on_site, occurred_on, tuple(options), unfit, measure)


@dataclass(frozen=True, slots=True)
class Coming:
    """A rule whose next period a page drawn today does not know: it is offered by its rule after `known_until`."""

    rule: DutyRule
    known_until: date


def coming(day: date, form: Form, on_site: bool) -> list[Coming]:
    """For a page that is kept without a network: what can be done in this form once the periods of today are over."""
    rules = [rule for rule in policies.current().duty_rules(day) if form_fits(rule, form, on_site)]
    kinds = [(rule, period_kind(rule)) for rule in rules]
    return [Coming(rule, Period.containing(kind, day).last) for rule, kind in kinds if kind is not None]


def _on_demand(day: date, form: Form, on_site: bool) -> list[Option]:
    """首问负责 and 临时任务 have no period: they are ticked when they happened (附件4 一、八)."""
    rules = [rule for rule in policies.current().duty_rules(day) if period_kind(rule) is None]
    return [Option(rule.code, rule, None, False) for rule in rules if form_fits(rule, form, on_site)]
