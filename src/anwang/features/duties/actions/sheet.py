"""Taking over a sheet of contacts: the same records as from the screen, each once however often it is sent (B9)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from anwang.domain.base import Actor, Reason, Refusal, Report
from anwang.domain.duties.rules import Form
from anwang.domain.roster.rows import CellFault
from anwang.features.audit import actions as audit

from ..queries.sheet import RecordPlan, RecordSheet
from .data import ContactData, Entry
from .recording import record_contact


@transaction.atomic
def record_sheet(*, by: Actor, now: datetime, plan: RecordSheet, report: Report = lambda *_: None) -> dict[str, int]:
    """Record the sound rows of a plan. Returns rows, recorded, unchanged, errors, warnings, fulfilled.

    A row that somebody else has settled meanwhile becomes an error with its reason; the others are kept.
    """
    rows = [row for row in plan.rows if row.do == "recorded"]
    met = 0
    for number, row in enumerate(rows):
        if number % 20 == 0:
            report(number, len(rows), "登记")
        try:
            met += record_contact(by=by, now=now, data=_data(row)).counted
        except Refusal as refusal:
            reason = Reason(refusal.code, refusal.text, refusal.params)
            row.row.faults.append(CellFault("enterprise", plan.sheet.header.column("enterprise"), reason))
    counts = {**plan.counts, "fulfilled": met}
    audit.record(by=by, now=now, action="contact.sheet", counts=counts)
    report(len(rows), len(rows), "完成")
    return counts


def _data(plan: RecordPlan) -> ContactData:
    row = plan.row
    if plan.client_id is None:
        raise ValueError("a row without an identity is not recorded")
    answers = {code: value for _, _, given in plan.entries for code, value in given.items()}
    return ContactData(
        client_id=plan.client_id, enterprise=plan.firm.id, person=plan.person, form=plan.form, occurred_on=plan.day,
        entries=tuple(Entry(rule.code, key, given) for rule, key, given in plan.entries),
        on_site=plan.form not in (Form.CALL, Form.VIDEO), with_whom=row.text("contact"),
        reached=answers.get("reached") != "no", place=row.text("place"), note=row.text("note"),
        late_reason=row.text("late_reason"), channel="sheet", captured_at=plan.captured_at,
    )  # fmt: skip
