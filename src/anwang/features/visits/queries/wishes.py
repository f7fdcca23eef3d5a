"""Days that enterprises wished for, or on which they can receive nobody."""

from __future__ import annotations

from datetime import date

from ..models import Wish


def wishes_of(enterprise: int, *, today: date) -> list[Wish]:
    """What stands from today on."""
    rows = Wish.objects.filter(enterprise_id=enterprise, withdrawn_at__isnull=True, last__gte=today)
    return list(rows.order_by("first", "id")[:50])


def wish(wish_id: int) -> Wish | None:
    """One wish."""
    return Wish.objects.filter(id=wish_id).first()
