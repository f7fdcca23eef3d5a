"""How the channels fare, without saying to whom or what: for the system administrator."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, QuerySet

from anwang.adapters import channels

from ..models import Delivery, DeliveryState

ERRORS_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Standing:
    """One channel: what waits, what is tried again later and why, what was given up."""

    code: str
    label: str
    ready: bool
    waiting: int
    failed: int
    given_up: int
    errors: tuple[tuple[str, int], ...]


def standing() -> list[Standing]:
    """Every channel that is plugged in. Two queries."""
    open_rows = Delivery.objects.exclude(state=DeliveryState.SENT)
    counts = {(c, s): n for c, s, n in open_rows.values_list("channel", "state").annotate(n=Count("id"))}
    reasons = open_rows.exclude(error="").values_list("channel", "error").annotate(n=Count("id"))
    errors = list(reasons.order_by("-n")[:ERRORS_SHOWN])
    return [
        Standing(
            code, way.label, way.ready(),
            counts.get((code, "queued"), 0) + counts.get((code, "sending"), 0), counts.get((code, "failed"), 0),
            counts.get((code, "given_up"), 0), tuple((e, n) for c, e, n in errors if c == code),
        )
        for code, way in channels.channels().items()
    ]  # fmt: skip


def stuck() -> QuerySet[Delivery]:
    """What was given up, newest first; neither recipient nor text are for the administrator."""
    rows = Delivery.objects.filter(state=DeliveryState.GIVEN_UP).select_related("message")
    return rows.only("channel", "tries", "error", "next_at", "message__kind", "message__created_at").order_by("-id")
