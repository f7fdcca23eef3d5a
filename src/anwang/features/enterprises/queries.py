"""Reading enterprises, always through the territory."""

from __future__ import annotations

from .models import Enterprise


def real_names(*, limit: int) -> list[str]:
    """Some enterprises that are not marked as demo."""
    return list(Enterprise.objects.filter(is_demo=False).values_list("name", flat=True)[:limit])
