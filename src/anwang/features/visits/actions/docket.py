"""The row that whoever changes an enterprise's visits writes first."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import F

from ..models import Docket


def hold(enterprises: Iterable[int]) -> None:
    """Take the enterprises' rows until the transaction ends, in one order: what is counted afterwards stays true."""
    wanted = sorted(set(enterprises))
    Docket.objects.bulk_create([Docket(enterprise_id=key) for key in wanted], ignore_conflicts=True, batch_size=500)
    for start in range(0, len(wanted), 500):
        Docket.objects.filter(enterprise_id__in=wanted[start : start + 500]).update(changes=F("changes") + 1)
