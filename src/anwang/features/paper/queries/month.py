"""A person's month as a spreadsheet: what is recorded, and a row for each duty still owed (B9)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from anwang.domain.base import Actor
from anwang.domain.calendar import Period, PeriodKind
from anwang.domain.roster.spec import Field, Kind
from anwang.features.duties import queries as duties
from anwang.features.duties.queries.sheet_spec import record_spec
from anwang.features.enterprises import queries as enterprises


def month_rows(person: int, *, by: Actor, day: date) -> Iterator[dict[str, Any]]:
    """Values by field of `record_spec`: recorded rows with their number, then rows that only say what is owed."""
    month = Period.containing(PeriodKind.MONTH, day)
    words = {field.name: field for field in record_spec(day).fields}
    recorded = duties.contacts(by=by, person=person).filter(
        occurred_on__gte=month.first, occurred_on__lt=month.end, void_at__isnull=True
    )
    for row in recorded.order_by("occurred_on", "id"):
        yield {name: _cell(words.get(name), value) for name, value in _recorded(row).items()}
    owed = duties.open_of(person, until=month.last, day=day)
    cards = enterprises.cards({duty.enterprise_id for duty in owed})
    for duty in owed:
        card = cards[duty.enterprise_id]
        yield {"enterprise": card.name, "credit_code": card.code, "person": duty.person, "rules": (duty.rule.code,)}


def _recorded(row: Any) -> dict[str, Any]:
    said = {f"answer_{code}": value for each in row.fulfilments.all() for code, value in each.answers.items()}
    return {
        **said, "record_id": str(row.client_id), "enterprise": row.enterprise.name,
        "credit_code": row.enterprise.credit_code, "person": row.person.name, "date": row.occurred_on,
        "form": row.form, "rules": tuple(each.rule for each in row.fulfilments.all()), "contact": row.with_whom,
        "note": row.note, "place": row.place, "late_reason": row.late_reason,
    }  # fmt: skip


def _cell(field: Field | None, value: Any) -> Any:
    """Answers are kept as words of the record; yes and no are a spreadsheet's own."""
    return value == "yes" if field is not None and field.kind is Kind.YES_NO and value else value
