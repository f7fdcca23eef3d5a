"""Which open duties of one enterprise one contact may meet together (B1: 39 records a year in fewer contacts)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from anwang.domain.base import Reason, gettext_noop
from anwang.domain.duties.counting import form_fits
from anwang.domain.duties.rules import Cadence, DutyRule, Form


class Candidate(NamedTuple):
    """An obligation that is neither fulfilled, waived nor handed over; a missed one may still be done late."""

    obligation: int
    rule: DutyRule
    start: date
    due: date


@dataclass(frozen=True, slots=True)
class Bundle:
    """What a contact of a form can meet: `together` on one record, `alone` each on its own, `unfit` with the reason."""

    together: tuple[Candidate, ...]
    alone: tuple[Candidate, ...]
    unfit: tuple[tuple[Candidate, Reason], ...]

    @property
    def rules(self) -> tuple[DutyRule, ...]:
        return tuple(candidate.rule for candidate in self.together)


def bundle(
    candidates: Iterable[Candidate], form: Form, on_site: bool, occurred_on: date, remote: bool = False
) -> Bundle:
    """Sort an enterprise's obligations by what a contact of this form on this day can do for them.

    One contact counts once for each rule: for the obligation that is still in time and due first, and for an overdue
    one only when no other of its rule can be met. `remote`: a health measure holds (`counting.form_fits`).
    """
    together: list[Candidate] = []
    alone: list[Candidate] = []
    unfit: list[tuple[Candidate, Reason]] = []
    taken: set[str] = set()
    for candidate in sorted(candidates, key=lambda each: (each.due < occurred_on, each.due, each.rule.number)):
        if reason := _unfit(candidate, form, on_site, occurred_on, remote, taken):
            unfit.append((candidate, reason))
            continue
        taken.add(candidate.rule.code)
        (together if candidate.rule.bundle else alone).append(candidate)
    return Bundle(tuple(together), tuple(alone), tuple(unfit))


def _unfit(
    candidate: Candidate, form: Form, on_site: bool, occurred_on: date, remote: bool, taken: set[str]
) -> Reason | None:
    rule = candidate.rule
    if not (fits := form_fits(rule, form, on_site, remote)):
        return fits.reasons[0]
    if occurred_on < candidate.start:
        text = gettext_noop("“%(rule)s”从 %(start)s 起算")
        return Reason("duty.not_started", text, {"rule": rule.short, "start": candidate.start}, rule.clause)
    if rule.code in taken and rule.cadence is not Cadence.ON_DEMAND:  # several tasks may be met at once (附件4.8)
        text = gettext_noop("一次联系对“%(rule)s”只计一次")
        return Reason("duty.once", text, {"rule": rule.short}, rule.clause)
    return None
