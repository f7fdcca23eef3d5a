"""Reading duties: one status function behind every screen, one tally behind every total."""

from __future__ import annotations

from anwang.domain.duties.ledger import LedgerRow, Mismatch, TallyKey, collect, mismatches
from anwang.domain.duties.ledger import Tally as Counts

from ..models import Obligation, Tally


def tally_faults() -> list[Mismatch]:
    """Where the stored tally is not the sum of the rows; empty is the invariant (Σ)."""
    columns = ("county", "township", "rule", "period", "due", "done_at", "late", "waived_at")
    rows = Obligation.objects.values_list(*columns).iterator(chunk_size=20000)
    counted = collect(
        LedgerRow(county, township, rule, period, due, done is not None, late, waived is not None)
        for county, township, rule, period, due, done, late, waived in rows
    )
    stored = {
        TallyKey(row.county, row.township, row.rule, row.period, row.due): Counts(
            row.expected, row.done, row.late, row.waived
        )
        for row in Tally.objects.iterator(chunk_size=20000)
    }
    return mismatches(counted, stored)
