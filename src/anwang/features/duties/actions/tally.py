"""Adding changes to the stored tally; the definition of a change is `domain.duties.ledger`."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import F

from anwang.domain.duties.ledger import LedgerRow, Tally, TallyKey

from ..models import Obligation
from ..models import Tally as TallyRow


def ledger_row(row: Obligation) -> LedgerRow:
    """What the tally sees of an obligation."""
    return LedgerRow(
        row.county,
        row.township,
        row.rule,
        row.period,
        row.due,
        row.done_at is not None,
        row.late,
        row.waived_at is not None,
    )


def apply(deltas: Mapping[TallyKey, Tally]) -> None:
    """Add the changes. Missing rows are made first, so two writers of a new key both count."""
    if len(deltas) > 50:
        _make(deltas)
    for key, change in deltas.items():
        if not _add(key, change):
            _make([key])
            _add(key, change)


def _add(key: TallyKey, change: Tally) -> int:
    return TallyRow.objects.filter(**_columns(key)).update(
        expected=F("expected") + change.expected, done=F("done") + change.done, late=F("late") + change.late,
        waived=F("waived") + change.waived,
    )  # fmt: skip


def _make(keys: Mapping[TallyKey, Tally] | list[TallyKey]) -> None:
    rows = [TallyRow(**_columns(key), month=key.month) for key in keys]
    TallyRow.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)


def _columns(key: TallyKey) -> dict[str, object]:
    return {"county": key.county, "township": key.township, "rule": key.rule, "period": key.period, "due": key.due}
